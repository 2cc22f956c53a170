import { type Type, VERSION_NEUTRAL, VersioningType } from '@nestjs/common';
import type { ApplicationConfig } from '@nestjs/core';
import type { IssueCollector } from '../config/issues/issue-collector.js';
import { isRouteHandler } from '../decorators/class-methods.js';
import type { ExplorerListener, HandlerInTurn } from './ask-nest.js';
import type { HandlerPolicy } from './handler-policy.js';
import { placeOf, type NestRoute } from './nest-route.js';

/** The routes that Nest registers on the adapter, in order, each with the policy of its handler. */
export class RouteRegistry implements ExplorerListener {
  readonly routes: NestRoute[] = [];
  private readonly policies = new Map<Type, Map<string, HandlerPolicy>>();
  private inTurn: HandlerInTurn | undefined;
  /** The adapter was told of a route of the handler in turn. */
  private told = false;
  /** Routes that have no policy, because nothing is known of their handler. */
  private readonly strangers: string[] = [];
  /** Handlers whose routes never came, or are not on the platform's router. */
  private readonly missing: Pick<NestRoute, 'controller' | 'methodName'>[] = [];

  constructor(
    private readonly config: ApplicationConfig,
    handlers: Iterable<HandlerPolicy>,
  ) {
    for (const policy of handlers) {
      const own = this.policies.get(policy.controller) ?? new Map<string, HandlerPolicy>();
      this.policies.set(policy.controller, own.set(policy.methodName, policy));
    }
  }

  begins(handler: HandlerInTurn): void {
    this.inTurn = handler;
    this.told = false;
  }

  ends(): void {
    if (this.inTurn !== undefined && !this.told) this.missing.push(this.inTurn);
    this.inTurn = undefined;
  }

  /**
   * The route that a callback is registered for; `undefined` for what is not Nest's.
   *
   * @param constrained whether the platform chooses it by what a preflight cannot carry
   */
  register(
    method: string,
    path: string,
    callback: object,
    constrained: boolean,
  ): NestRoute | undefined {
    const { inTurn } = this;
    this.told = true;
    if (inTurn === undefined) {
      if (isRouteHandler(callback)) this.strangers.push(`${method} ${path}`);
      return undefined;
    }
    const { controller, methodName, host, version } = inTurn;
    const known = this.policies.get(controller)?.get(methodName);
    if (known === undefined) {
      this.strangers.push(placeOf(inTurn));
      return undefined;
    }
    const route = {
      method,
      path,
      controller,
      methodName,
      host,
      version,
      headerBound: constrained || this.isVersionedByHeader(inTurn),
      policyIndex: known.policyIndex,
      declared: known.policy,
    };
    this.routes.push(route);
    return route;
  }

  /** A route that is not on the platform's router after its registration. */
  lost(route: NestRoute): void {
    this.missing.push(route);
  }

  /** A route whose controller is unknown has no policy, which must not go unnoticed. */
  checkComplete(issues: IssueCollector): void {
    for (const stranger of new Set(this.strangers)) {
      issues.add(
        'unattributed-route',
        stranger,
        'its handler was not there when CorsModule read the controllers, so no policy can hold; decorate handlers in their class, not while the application starts',
      );
    }
    for (const place of new Set(this.missing.map(placeOf))) {
      issues.add(
        'unattributed-route',
        place,
        'Nest registered it, and it is not on the router of the platform, so its policy cannot hold: something replaces the methods of the adapter; install that before CorsModule, or let it call the method that was there',
      );
    }
  }

  /** The version is in a header, a media type, or wherever a function looks: a preflight carries none. */
  private isVersionedByHeader({ version }: HandlerInTurn): boolean {
    const versioning = this.config.getVersioning();
    if (versioning === undefined || versioning.type === VersioningType.URI) return false;
    return Boolean(version) && version !== VERSION_NEUTRAL;
  }
}
