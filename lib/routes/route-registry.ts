import type { ApplicationConfig, ModulesContainer } from '@nestjs/core';
import type { IssueCollector } from '../config/issues/issue-collector.js';
import type { HandlerPolicy } from './handler-policy.js';
import { isRouteHandler } from '../decorators/class-methods.js';
import { expectedRoutes, type ExpectedRoute } from './expected-routes.js';
import { tokenOf } from './handler-token.js';
import { placeOf, type NestRoute } from './nest-route.js';
import { RouteAttribution } from './route-attribution.js';
import { RouteBounds } from './route-bounds.js';

/** Names the routes that Nest registers on the adapter, and keeps them in order. */
export class RouteNamer {
  readonly routes: NestRoute[] = [];
  private readonly attribution: RouteAttribution;
  private readonly bounds: RouteBounds;
  /** Routes whose handler was none when the controllers were read. */
  private readonly strangers: string[] = [];
  private readonly notFound: NestRoute[] = [];

  constructor(
    modules: ModulesContainer,
    config: ApplicationConfig,
    handlers: Iterable<HandlerPolicy>,
  ) {
    this.bounds = new RouteBounds(config);
    this.attribution = new RouteAttribution(handlers, (controllers) =>
      expectedRoutes(modules, config, controllers),
    );
  }

  /** Whether it matters how the adapter rewrites paths before they are registered. */
  get needsAliases(): boolean {
    return this.attribution.hasShared;
  }

  /** Told of a path that the adapter rewrote. */
  normalised(from: string, to: string): void {
    this.attribution.addAlias(to, from);
  }

  /**
   * The route that a callback is registered for; `undefined` for what is not Nest's.
   *
   * @param constrained whether the platform chooses it by what a preflight cannot carry
   */
  name(method: string, path: string, callback: object, constrained = false): NestRoute | undefined {
    const found = this.attribution.attribute(method, path, callback);
    if (found === undefined) {
      if (isStranger(callback)) this.strangers.push(`${method} ${path}`);
      return undefined;
    }
    const { controller, methodName, handler, policy } = found;
    const route: NestRoute = {
      method,
      path,
      controller,
      methodName,
      host: this.bounds.hostOf(controller),
      headerBound: constrained || this.bounds.isVersionedByHeader(controller, handler),
      policy,
    };
    this.routes.push(route);
    return route;
  }

  /** A route that the platform's router does not hold as it was registered. */
  lost(route: NestRoute): void {
    this.notFound.push(route);
  }

  /** A route whose controller is unknown has no policy, which must not go unnoticed. */
  checkComplete(issues: IssueCollector): void {
    for (const stranger of this.strangers) {
      issues.add(
        'unattributed-route',
        stranger,
        'its handler was not there when CorsModule read the controllers, so no policy can hold; decorate handlers in their class, not while the application starts',
      );
    }
    for (const route of [...this.notFound, ...this.missing()]) {
      issues.add(
        'unattributed-route',
        placeOf(route),
        `Nest did not register ${route.method} ${route.path} in a way that could be recognised, so its policy cannot hold; please report this with your versions of Nest and the adapter`,
      );
    }
  }

  private missing(): readonly ExpectedRoute[] {
    const missing = this.attribution.missing();
    if (missing.length === 0) return missing;
    const registered = new Set(this.routes.map(({ method, path }) => `${method} ${path}`));
    // Nest leaves duplicates out.
    return missing.filter(({ method, path }) => !registered.has(`${method} ${path}`));
  }
}

function isStranger(callback: object): boolean {
  return tokenOf(callback) === undefined && isRouteHandler(callback);
}
