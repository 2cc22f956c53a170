import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import {
  type AbstractHttpAdapter,
  ApplicationConfig,
  HttpAdapterHost,
  ModulesContainer,
} from '@nestjs/core';
import { controllersOf, CorsEngine } from './cors.engine.js';
import { CorsHook } from './cors.hook.js';
import { ConfigurableModuleClass } from './cors.module-definition.js';
import { createPlatform } from './platform/create-platform.js';
import {
  recordRoutes,
  type RegistrationObserver,
  type RouteCallback,
} from './platform/route-recorder.js';
import { whenAdapterAppears } from './platform/when-adapter-appears.js';
import { CorsConfigurationError } from './policy/configuration-error.js';
import type { HttpPlatform } from './platform/http-platform.js';
import { checkAmbiguity } from './routing/check-ambiguity.js';
import { expectedRoutes, routeHandlers } from './routing/expected-routes.js';
import { handlerToken } from './routing/handler-token.js';
import { placeOf, type NestRoute } from './routing/nest-route.js';
import { RouteAttribution } from './routing/route-attribution.js';

/** Connects the engine to the application while it starts, and refuses to start what cannot be right. */
@Injectable()
export class CorsBootstrap implements OnModuleInit, OnApplicationBootstrap {
  private attribution: RouteAttribution | undefined;
  private readonly aliases: [normalised: string, path: string][] = [];

  constructor(
    private readonly engine: CorsEngine,
    private readonly hook: CorsHook,
    private readonly modules: ModulesContainer,
    private readonly config: ApplicationConfig,
    host: HttpAdapterHost,
  ) {
    const { issues } = engine.policies;
    this.checkSingle();
    issues.throwIfAny();
    for (const controller of controllersOf(modules)) {
      for (const { targetCallback } of routeHandlers(controller))
        handlerToken(targetCallback as object);
    }
    whenAdapterAppears(host, (adapter) => this.install(adapter));
  }

  /** Nest has registered its routes, and not yet the handler of last resort. */
  onModuleInit(): void {
    const { platform, strategy, routes } = this.engine;
    if (platform === undefined || strategy !== 'interceptor') return;
    const answered = new Set(routes.filter(answersOptions).map(({ path }) => path));
    for (const path of new Set(routes.map((route) => route.path))) {
      if (!answered.has(path)) platform.addOptionsRoute(path, this.hook.onlyPreflights);
    }
  }

  onApplicationBootstrap(): void {
    const { issues } = this.engine.policies;
    checkAmbiguity(this.engine.routes, issues);
    this.checkAttribution();
    issues.throwIfAny();
  }

  private install(adapter: AbstractHttpAdapter): void {
    const platform = createPlatform(adapter);
    this.engine.platform = platform;
    this.refuseSecondLayer(adapter);
    recordRoutes(adapter, this, this.observer(platform));
    if (this.engine.strategy === 'hook') this.installHook(platform);
  }

  private installHook(platform: HttpPlatform): void {
    try {
      platform.installHook(this.hook.everyRequest);
    } catch (error) {
      throw new CorsConfigurationError([
        {
          code: 'adapter-without-hook',
          where: 'strategy',
          message: (error as Error).message,
          value: 'hook',
        },
      ]);
    }
  }

  normalised(from: string, to: string): void {
    this.aliases.push([to, from]);
    this.attribution?.addAlias(to, from);
  }

  name(method: string, path: string, callback: RouteCallback): NestRoute | undefined {
    const expected = this.attributed().attribute(method, path, callback);
    if (expected === undefined) return undefined;
    const { controller, methodName, host, headerBound } = expected;
    const policy = this.engine.policies.policyOf(controller, methodName);
    const route = Object.freeze({
      method,
      path,
      controller,
      methodName,
      host,
      headerBound,
      policy,
    });
    this.engine.routes.push(route);
    return route;
  }

  /** Prefix, versions and modules are final by the time Nest registers its first route. */
  private attributed(): RouteAttribution {
    if (this.attribution === undefined) {
      this.attribution = new RouteAttribution(expectedRoutes(this.modules, this.config));
      for (const [normalised, path] of this.aliases) this.attribution.addAlias(normalised, path);
    }
    return this.attribution;
  }

  /** Under strategy `'interceptor'` the application's own `OPTIONS` and `@All()` handlers never see a preflight. */
  private observer(platform: HttpPlatform): RegistrationObserver {
    if (this.engine.strategy === 'hook') return platform;
    const { onlyPreflights } = this.hook;
    const route = (nestRoute: NestRoute, callback: RouteCallback): RouteCallback => {
      if (!answersOptions(nestRoute)) return platform.route(nestRoute, callback);
      return platform.route(nestRoute, (request, response, ...rest) => {
        const exchange = platform.exchangeOf(request, response);
        const goesOn = onlyPreflights(exchange.request, exchange.response, exchange.native);
        if (goesOn === true) return callback(request, response, ...rest);
        return goesOn === false
          ? undefined
          : goesOn.then((on) => on && callback(request, response, ...rest));
      });
    };
    return {
      route,
      registering: (current) => platform.registering?.(current),
      middleware: (callback) => platform.middleware?.(callback),
      notFound: (callback) => platform.notFound?.(callback),
    };
  }

  private refuseSecondLayer(adapter: AbstractHttpAdapter): void {
    adapter.enableCors = () => {
      throw new CorsConfigurationError([
        {
          code: 'second-cors-layer',
          where: 'app.enableCors()',
          message:
            'enableCors() answers preflights and sets headers beside CorsModule, and browsers reject two answers; remove it (and `cors: true`), its options are those of a policy',
        },
      ]);
    };
  }

  private checkSingle(): void {
    const own = [...this.modules.values()].filter(
      ({ metatype }) => metatype.prototype instanceof ConfigurableModuleClass,
    );
    if (own.length < 2) return;
    this.engine.policies.issues.error(
      'duplicate-module',
      'CorsModule',
      'CorsModule is imported twice with options; it is global, call forRoot() once, in the root module',
    );
  }

  /** A route whose controller is unknown has no policy, which must not go unnoticed. */
  private checkAttribution(): void {
    const registered = new Set(this.engine.routes.map(({ method, path }) => `${method} ${path}`));
    for (const route of this.attribution?.missing() ?? []) {
      if (registered.has(`${route.method} ${route.path}`)) continue; // Nest left a duplicate out
      this.engine.policies.issues.error(
        'unattributed-route',
        placeOf(route),
        `Nest did not register ${route.method} ${route.path} in a way that could be recognised, so its policy cannot hold; please report this with your versions of Nest and the adapter`,
      );
    }
  }
}

function answersOptions({ method }: NestRoute): boolean {
  return method === 'OPTIONS' || method === 'ALL';
}
