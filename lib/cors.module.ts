import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, ModuleRef, ModulesContainer } from '@nestjs/core';
import { LIVE_PART, StartUp, START_UP_READERS } from './app/start-up.js';
import { controllersOf } from './decorators/controllers.js';
import { Decisions } from './app/decisions.js';
import { DecisionEvents } from './app/events/decision-events.js';
import { HttpServers } from './app/http-servers.js';
import { ResponseHeads } from './app/response-heads.js';
import { PREFLIGHTS, type PreflightAnswerer } from './app/preflights.js';
import { CorsHook } from './app/hook.js';
import { HandlerResponses } from './app/handler-responses.js';
import { CorsEventsGuard } from './cors-events.guard.js';
import { CorsLive } from './cors.live.js';
import { CorsInterceptor } from './cors.interceptor.js';
import {
  ConfigurableModuleClass,
  CORS_OPTIONS,
  CORS_STRATEGY,
  type CorsModuleAsyncOptions,
} from './app/module-definition.js';
import {
  type CorsModuleExtras,
  type CorsModuleOptions,
  type CorsStrategy,
  DEFAULT_STRATEGY,
} from './config/module/module-options.js';
import { CorsInspector } from './inspect/cors-inspector.js';
import { GraphEntrypoints } from './inspect/graph-entrypoints.js';
import {
  CorsConfigurationError,
  type CorsValidation,
} from './config/issues/configuration-error.js';
import { PreflightController } from './preflight.controller.js';
import { ApplicationPolicies } from './app/application-policies.js';
import {
  readModuleOptions,
  refuseWithoutOptions,
  requireSource,
} from './config/module/read-module-options.js';
import { GatewayPolicies } from './sockets/gateway-policies.js';
import { CorsUpgrades } from './sockets/cors-upgrades.js';

/**
 * Gives every route its own CORS policy. Import it once, in the root module; it is global.
 *
 * @example
 * ```ts
 * CorsModule.forRoot({
 *   default: 'app',
 *   policies: { app: { origin: 'https://app.example.com', credentials: true }, public: { origin: '*' } },
 * })
 * ```
 *
 * @throws CorsConfigurationError at start-up, with every mistake in options and decorators
 *
 * @publicApi
 */
@Module({
  controllers: [PreflightController],
  providers: [
    // For `imports: [CorsModule]`; forRoot() and forRootAsync() bring their own.
    { provide: CORS_STRATEGY, useValue: DEFAULT_STRATEGY },
    { provide: CORS_OPTIONS, useFactory: refuseWithoutOptions },
    {
      provide: ApplicationPolicies,
      useFactory: (
        options: CorsModuleOptions,
        strategy: CorsStrategy,
        modules: ModulesContainer,
      ): ApplicationPolicies => new ApplicationPolicies(options, strategy, controllersOf(modules)),
      inject: [CORS_OPTIONS, CORS_STRATEGY, ModulesContainer],
    },
    {
      provide: PREFLIGHTS,
      useFactory: (module: ModuleRef): (() => PreflightAnswerer) => {
        let controller: PreflightAnswerer | undefined;
        return () => (controller ??= module.get<PreflightAnswerer>(PreflightController));
      },
      inject: [ModuleRef],
    },
    {
      provide: START_UP_READERS,
      useFactory: (...readers: readonly unknown[]) => readers,
      inject: [GatewayPolicies],
    },
    { provide: LIVE_PART, useExisting: CorsLive },
    CorsLive,
    Decisions,
    DecisionEvents,
    ResponseHeads,
    HttpServers,
    CorsHook,
    StartUp,
    CorsInspector,
    GraphEntrypoints,
    GatewayPolicies,
    CorsUpgrades,
    HandlerResponses,
    // Nest skips global enhancers whose factory returns null, so strategy 'hook' pays nothing for these.
    {
      provide: APP_INTERCEPTOR,
      useFactory: (strategy: CorsStrategy, responses: HandlerResponses): CorsInterceptor | null =>
        strategy === 'interceptor' ? new CorsInterceptor(responses) : null,
      inject: [CORS_STRATEGY, HandlerResponses],
    },
    {
      provide: APP_GUARD,
      useFactory: (strategy: CorsStrategy, responses: HandlerResponses): CorsEventsGuard | null =>
        strategy === 'interceptor' && responses.anySendsEvents
          ? new CorsEventsGuard(responses)
          : null,
      inject: [CORS_STRATEGY, HandlerResponses],
    },
  ],
  exports: [CorsInspector, CorsLive],
})
export class CorsModule extends ConfigurableModuleClass {
  /** Registers the module with options at hand. */
  static override forRoot(options: CorsModuleOptions & CorsModuleExtras): DynamicModule {
    const { strategy, ...given } = readModuleOptions(options);
    const definition = super.forRoot({ strategy });
    // Not through Nest's builder: it copies key by key, and a key named `__proto__` would be more than a key there.
    const provider = { provide: CORS_OPTIONS, useValue: given };
    return { ...definition, providers: [...(definition.providers ?? []), provider] };
  }

  /**
   * Checks options without starting an application: what {@link CorsConfigurationError} would list, and what would be
   * logged. Decorators and routes are not seen.
   */
  static validate(options: CorsModuleOptions & CorsModuleExtras): CorsValidation {
    try {
      const { strategy, ...given } = readModuleOptions(options);
      const { issues } = new ApplicationPolicies(given, strategy, []);
      return { errors: issues.errors, warnings: issues.warnings };
    } catch (error) {
      if (error instanceof CorsConfigurationError) return { errors: error.issues, warnings: [] };
      throw error;
    }
  }

  /** Registers the module with options from a factory, a class or an existing provider. `strategy` stays beside them. */
  static override forRootAsync(options: CorsModuleAsyncOptions): DynamicModule {
    requireSource(options);
    return super.forRootAsync(options);
  }
}
