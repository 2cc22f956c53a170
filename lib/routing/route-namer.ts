import type { ApplicationConfig, ModulesContainer } from '@nestjs/core';
import type { IssueCollector } from '../policy/issue-collector.js';
import type { ApplicationPolicies } from './application-policies.js';
import { expectedRoutes } from './expected-routes.js';
import { placeOf, type NestRoute } from './nest-route.js';
import { RouteAttribution } from './route-attribution.js';

/** Names the routes that Nest registers on the adapter, and keeps them in order. */
export class RouteNamer {
  readonly routes: NestRoute[] = [];
  private attribution: RouteAttribution | undefined;
  private readonly aliases: [normalised: string, path: string][] = [];

  constructor(
    private readonly modules: ModulesContainer,
    private readonly config: ApplicationConfig,
    private readonly policies: ApplicationPolicies,
  ) {}

  /** The adapter rewrites some paths before they are registered. */
  normalised(from: string, to: string): void {
    if (from === to) return;
    this.aliases.push([to, from]);
    this.attribution?.addAlias(to, from);
  }

  /** The route that a callback is registered for; `undefined` for what is not Nest's. */
  name(method: string, path: string, callback: object): NestRoute | undefined {
    const expected = this.attributed().attribute(method, path, callback);
    if (expected === undefined) return undefined;
    const { controller, methodName, host, headerBound } = expected;
    const policy = this.policies.policyOf(controller, methodName);
    const route = Object.freeze({
      method,
      path,
      controller,
      methodName,
      host,
      headerBound,
      policy,
    });
    this.routes.push(route);
    return route;
  }

  /** A route whose controller is unknown has no policy, which must not go unnoticed. */
  checkComplete(issues: IssueCollector): void {
    const missing = this.attribution?.missing() ?? [];
    if (missing.length === 0) return;
    const registered = new Set(this.routes.map(({ method, path }) => `${method} ${path}`));
    for (const route of missing) {
      if (registered.has(`${route.method} ${route.path}`)) continue; // Nest left a duplicate out
      issues.error(
        'unattributed-route',
        placeOf(route),
        `Nest did not register ${route.method} ${route.path} in a way that could be recognised, so its policy cannot hold; please report this with your versions of Nest and the adapter`,
      );
    }
  }

  /** Prefix, versions and modules are final by the time Nest registers its first route. */
  private attributed(): RouteAttribution {
    if (this.attribution === undefined) {
      this.attribution = new RouteAttribution(expectedRoutes(this.modules, this.config));
      for (const [normalised, path] of this.aliases) this.attribution.addAlias(normalised, path);
    }
    return this.attribution;
  }
}
