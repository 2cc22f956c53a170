import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common';
import {
  type AbstractHttpAdapter,
  ApplicationConfig,
  HttpAdapterHost,
  ModulesContainer,
} from '@nestjs/core';
import { ApplicationPolicies } from './application-policies.js';
import { Decisions } from './decisions.js';
import { CorsHook } from './hook.js';
import { copyOf, CORS_STRATEGY } from './module-definition.js';
import type { CorsStrategy } from '../config/module/module-options.js';
import { checkCsrf, observeSecurityHook } from './check/csrf.js';
import { createPlatform } from '../platform/create-platform.js';
import { refuseEnableCors, reportForeignLayers } from './check/foreign-layers.js';
import { observeConsumers } from './check/observe-consumers.js';
import type { HttpPlatform } from '../platform/http-platform.js';
import { addOptionsRoutes, beforePreflights } from '../platform/own-options-routes.js';
import { probe } from '../platform/imaginary-request.js';
import { recordRoutes, type StandIn } from '../platform/route-recorder.js';
import { whenAdapterAppears } from '../platform/when-adapter-appears.js';
import { CorsConfigurationError, oneLine } from '../config/issues/configuration-error.js';
import { probePredicates } from '../config/origins/probe-predicates.js';
import { checkAmbiguity, checkDecidable } from '../routes/check/ambiguity.js';
import { checkMade, checkProviders } from '../decorators/misplaced.js';
import { reportTies } from '../paths/check-path-ties.js';
import { checkServedMethods, checkShadowing } from '../routes/check/shadowing.js';
import type { NestRoute } from '../routes/nest-route.js';
import { ResponseHeads } from './response-heads.js';
import { RouteRegistry } from '../routes/route-registry.js';
import { startLine } from './start-line.js';

/** Injection token of whatever reads decorators of its own, such as gateways': made before start-up judges the issues. */
export const START_UP_READERS = Symbol('nestjs-cors.start-up-readers');

/** Injection token of a function that returns {@link LivePart}. */
export const LIVE_PART = Symbol('nestjs-cors.live-part');

/** The part of live policies in the start: after every check of the code's own, before anybody can connect. */
export interface LivePart {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Connects the decisions to the application while it starts, and refuses to start what cannot be right. */
@Injectable()
export class StartUp implements OnModuleInit, OnApplicationBootstrap {
  private readonly logger = new Logger('CorsModule');
  private readonly registry: RouteRegistry;
  private securityHook: ReturnType<typeof observeSecurityHook> | undefined;
  private consumers: readonly string[] = [];
  private runs = true;

  constructor(
    private readonly policies: ApplicationPolicies,
    private readonly decisions: Decisions,
    private readonly hook: CorsHook,
    private readonly heads: ResponseHeads,
    @Inject(CORS_STRATEGY) private readonly strategy: CorsStrategy,
    private readonly modules: ModulesContainer,
    private readonly config: ApplicationConfig,
    host: HttpAdapterHost,
    @Inject(START_UP_READERS) _readers: readonly unknown[],
    @Inject(LIVE_PART) private readonly live: LivePart,
  ) {
    this.checkSingle(modules);
    checkProviders(modules, policies.issues);
    policies.issues.throwIfAny();
    this.registry = new RouteRegistry(config, policies.handlers.all);
    whenAdapterAppears(host, (adapter) => this.install(adapter));
  }

  /** The application is looked at and never runs: it reads no source, and needs none that answers. */
  onlyLook(): void {
    this.runs = false;
  }

  /** Nest has registered its routes, and not yet the handler of last resort. */
  async onModuleInit(): Promise<void> {
    const { policies } = this;
    const { platform, routes } = this.decisions.chooserIfAny ?? {};
    if (platform === undefined || routes === undefined) return;
    if (this.strategy === 'interceptor')
      addOptionsRoutes(platform, this.registry.routes, this.hook.onlyPreflights);
    this.registry.checkComplete(policies.issues);
    checkMade(this.modules, this.config, policies.issues);
    checkAmbiguity(routes, policies.issues);
    const { request } = probe('GET', '/');
    const asked = [...policies.inUse()].flatMap((policy) =>
      [policy, policy.reportOnly ?? []].flat(),
    );
    const probing = asked.map((policy) => probePredicates(policy, request, policies.issues));
    await Promise.all(probing);
    policies.issues.throwIfAny();
    if (this.runs) await this.live.start();
  }

  async onApplicationBootstrap(): Promise<void> {
    const { platform, routes } = this.decisions.chooserIfAny ?? {};
    if (platform === undefined || routes === undefined) return;
    try {
      this.checkStarted(platform, routes);
    } catch (error) {
      await this.live.stop();
      throw error;
    }
  }

  private checkStarted(platform: HttpPlatform, routes: readonly NestRoute[]): void {
    const { policies } = this;
    reportForeignLayers([...platform.foreignLayers(), ...this.consumers], policies.issues);
    reportTies(policies.paths, policies.issues, platform.caseSensitive());
    checkDecidable(routes, (url) => platform.routesAt(probe('GET', url)), policies.issues);
    policies.issues.throwIfAny();
    this.warn(platform);
    this.introduce(routes);
    policies.forgetOptions();
  }

  /** For a developer, one line; of an application without routes there is nothing to say. */
  private introduce(routes: readonly NestRoute[]): void {
    const isTold = process.env['NODE_ENV'] !== 'production' || this.policies.debug;
    if (isTold && routes.length > 0) this.logger.log(startLine(routes));
  }

  private install(adapter: AbstractHttpAdapter): void {
    const { hook, strategy } = this;
    const platform = createPlatform(adapter, this.heads);
    this.decisions.connect(platform, this.registry.routes);
    refuseEnableCors(adapter);
    this.consumers = observeConsumers(adapter, this.modules);
    this.securityHook = observeSecurityHook(adapter);
    const standIn: StandIn =
      strategy === 'hook'
        ? (route, callback) => platform.standIn(route, callback)
        : beforePreflights(platform, hook.onlyPreflights);
    recordRoutes(adapter, this.registry, platform, standIn);
    if (strategy === 'hook') this.installHook(platform);
  }

  private installHook(platform: HttpPlatform): void {
    try {
      platform.installHook(this.hook.everyRequest);
    } catch (error) {
      const message = (error as Error).message;
      throw new CorsConfigurationError([
        { code: 'adapter-without-hook', where: 'strategy', message, value: 'hook' },
      ]);
    }
  }

  private checkSingle(modules: ModulesContainer): void {
    const copies = [...modules.values()].flatMap(({ metatype }) => copyOf(metatype) ?? []);
    if (copies.length < 2) return;
    const [first, second] = new Set(copies);
    const message =
      second === undefined
        ? 'CorsModule is imported twice with options; it is global, call forRoot() once, in the root module'
        : `CorsModule comes from two copies of nestjs-cors, ${first} and ${second}, and both would answer; install one (\`npm dedupe\`, a peer dependency of the library that brings the other), import or require it everywhere alike, and call forRoot() once`;
    this.policies.issues.add('duplicate-module', 'CorsModule', message);
  }

  /** One log line for each thing that is allowed and probably not meant. */
  private warn(platform: HttpPlatform): void {
    const { policies } = this;
    const { routes } = this.registry;
    const { issues } = policies;
    policies.warnUnused();
    checkServedMethods(routes, policies.beyondRoutes(), issues);
    checkShadowing(routes, (path) => platform.routesAt(probe('GET', path)), issues);
    const rejects = this.securityHook?.();
    if (rejects !== undefined) checkCsrf(rejects, routes, issues);
    for (const warning of issues.warnings) this.logger.warn(oneLine(warning));
  }
}
