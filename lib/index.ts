export { CorsModule } from './cors.module.js';
export { CorsPolicy, NoCors } from './cors.decorators.js';
export { CorsInterceptor } from './cors.interceptor.js';
export { PreflightController } from './preflight.controller.js';
export { CorsInspector } from './inspect/cors-inspector.js';
export { CorsConfigurationError } from './policy/configuration-error.js';

export type { CorsConfigurationIssue, CorsValidation } from './policy/configuration-error.js';
export type { CorsExplanation, CorsRouteReport } from './inspect/cors-inspector.js';
export type { CorsModuleAsyncOptions, CorsOptionsFactory } from './cors.module-definition.js';
export type {
  CorsModuleExtras,
  CorsModuleOptions,
  CorsPathOptions,
  CorsStrategy,
} from './cors.module-options.js';
export type {
  CorsOriginMatcher,
  CorsOriginPredicate,
  CorsPolicyName,
  CorsPolicyNames,
  CorsPolicyOptions,
} from './policy/policy-options.js';
