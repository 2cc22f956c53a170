import { Inject, Injectable, Logger, type Type } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { CORS_OPTIONS, CORS_STRATEGY } from './module-definition.js';
import type { CorsModuleOptions, CorsStrategy } from '../config/module/module-options.js';
import type { Exchange } from '../platform/exchange.js';
import type { HttpPlatform } from '../platform/http-platform.js';
import type { HeadDecision, ResponseHead } from '../platform/response-head.js';
import { UNDECIDABLE_POLICY, type CompiledPolicy } from '../protocol/compiled-policy.js';
import { show } from '../protocol/show-value.js';
import { decideOrigin } from '../protocol/origin/decide.js';
import { ApplicationPolicies } from './application-policies.js';
import type { NestRoute } from '../routes/nest-route.js';
import { PathPolicies } from '../paths/path-policies.js';
import { PolicySelector, type Selection } from '../routes/policy-selector.js';
import type { RoutesAtTarget } from '../routes/route-lookup.js';
import { servedMethods } from '../routes/served-methods.js';
import { gatewaysOf, type Gateway } from '../sockets/gateway.js';
import { OverrideLog } from './override-log.js';

/** What a response's policy comes from: the handler that is running, or a selection. */
type HeadSource = Pick<Selection, 'policy' | 'entry'>;

interface Connection {
  readonly platform: HttpPlatform;
  readonly selector: PolicySelector;
}

/** Knows the application's policies and routes, and decides for one request at a time. */
@Injectable()
export class CorsEngine {
  readonly policies: ApplicationPolicies;
  readonly gateways: readonly Gateway[];
  readonly debug: boolean;
  /** The routes that Nest has registered, in order. */
  routes: readonly NestRoute[] = [];
  private readonly logger = new Logger('CorsModule');
  private readonly overrides = new OverrideLog(this.logger, (head) => this.select(head));
  private connection: Connection | undefined;

  constructor(
    @Inject(CORS_OPTIONS) options: CorsModuleOptions,
    @Inject(CORS_STRATEGY) readonly strategy: CorsStrategy,
    modules: ModulesContainer,
  ) {
    this.gateways = gatewaysOf(modules);
    const controllers = controllersOf(modules);
    this.policies = new ApplicationPolicies(options, strategy, controllers, this.gateways);
    this.debug = this.policies.debug;
  }

  /** Whether some policy has to decide before a request goes on. */
  readonly decidesEarly = (): boolean =>
    [...this.policies.inUse()].some(
      ({ reject, origins }) => reject || origins.predicates.length > 0,
    );

  /** The HTTP platform of the application; the module is inert where there is none. */
  platform: HttpPlatform | undefined;

  /** The platform and the selector, from the first request on: settings of the platform hold until then. */
  get connected(): Connection {
    if (this.platform === undefined)
      throw new Error('CorsModule is not connected to an HTTP adapter');
    this.connection ??= this.connect(this.platform);
    return this.connection;
  }

  private connect(platform: HttpPlatform): Connection {
    const paths = new PathPolicies(this.policies.paths, platform.caseSensitive());
    const methods = servedMethods(this.routes);
    return { platform, selector: new PolicySelector(paths, this.policies.defaultPolicy, methods) };
  }

  /** The policy of an actual request, by what the platform chose or would choose for it. */
  select(exchange: Exchange): Selection {
    const { platform, selector } = this.connected;
    const method = exchange.request.method ?? 'GET';
    const match = platform.matched?.(exchange);
    const routes =
      match === undefined || match === 'none' ? platform.routesAt(exchange) : only(match);
    return selector.select(routes, method, exchange.url);
  }

  allows(
    policy: CompiledPolicy,
    origin: string | undefined,
    exchange: Exchange,
  ): boolean | Promise<boolean> {
    return decideOrigin(policy, origin, exchange.request, this.reportFault);
  }

  /** What an actual response goes out with; never throws, because it runs while the response head is written. */
  readonly decideHead = (head: ResponseHead): HeadDecision | undefined => {
    try {
      const { policy, entry }: HeadSource = head.route ?? this.chosen(head) ?? this.select(head);
      if (policy === undefined || policy.kind === 'passthrough') return undefined;
      const { early } = head;
      const allowed = early?.policy.id === policy.id ? early.allowed : this.allowsNow(policy, head);
      return { policy, allowed, entry, replaced: this.overrides.report };
    } catch (error) {
      this.logger.error(`a response goes out as denied: ${show(error)}`);
      return { policy: UNDECIDABLE_POLICY, allowed: false };
    }
  };

  /** The route of Nest's that the platform is running, where it says so. */
  private chosen(head: ResponseHead): NestRoute | undefined {
    const match = this.platform?.matched?.(head);
    return typeof match === 'object' ? match : undefined;
  }

  /** For a route other than the predicted one it is too late to wait for a predicate. */
  private allowsNow(policy: CompiledPolicy, head: ResponseHead): boolean {
    const allowed = this.allows(policy, head.origin, head);
    if (typeof allowed === 'boolean') return allowed;
    this.reportFault(
      policy,
      head.origin ?? '',
      'is asynchronous, and another route ran than the one predicted',
    );
    return false;
  }

  private readonly reportFault = (policy: CompiledPolicy, origin: string, fault: string): void => {
    this.logger.warn(
      `origin predicate of policy ${show(policy.label)} ${fault}; ${show(origin)} is denied`,
    );
  };
}

/** Controllers may be registered in several modules; their policies are the same in each. */
export function controllersOf(modules: ModulesContainer): Set<Type> {
  const controllers = new Set<Type>();
  for (const module of modules.values()) {
    for (const { metatype } of module.controllers.values()) controllers.add(metatype as Type);
  }
  return controllers;
}

function only(match: Exclude<ReturnType<RoutesAtTarget['match']>, 'none'>): RoutesAtTarget {
  return { match: () => match };
}
