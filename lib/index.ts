export { CorsModule } from './cors.module.js';
export { CorsPolicy, NoCors } from './cors.decorators.js';
export { CorsInterceptor } from './cors.interceptor.js';
export { CorsLive } from './cors.live.js';
export { PreflightController } from './preflight.controller.js';
export { CorsInspector } from './inspect/cors-inspector.js';
export { CorsConfigurationError } from './config/issues/configuration-error.js';
export { CorsSourceError } from './config/live/source-error.js';
export { fromSource } from './config/live/live-origins.js';

export type {
  CorsDelta,
  CorsListChange,
  CorsLiveOptions,
  CorsLivePolicy,
  CorsPolicySource,
  CorsReading,
  CorsSnapshot,
  LiveKey,
} from './config/live/live-options.js';
export type { LiveOrigins } from './config/live/live-origins.js';
export type {
  CorsLiveEvents,
  CorsLiveListener,
  CorsLiveState,
  CorsLiveStatus,
} from './live/index.js';
export type { CorsIssueCode } from './config/issues/codes.js';
export type {
  CorsConfigurationIssue,
  CorsValidation,
} from './config/issues/configuration-error.js';
export type {
  CorsDecisionEvent,
  CorsOutcome,
  CorsRequestKind,
} from './app/events/decision-event.js';
export type { CorsReportOnlyEvent, CorsTrialOutcome } from './app/events/report-only-event.js';
export type {
  CorsExplainedAnswer,
  CorsExplanation,
  CorsRouteReport,
} from './inspect/cors-inspector.js';
export type * from './inspect/manifest/manifest.js';
export type { CorsModuleAsyncOptions, CorsOptionsFactory } from './app/module-definition.js';
export type {
  CorsModuleExtras,
  CorsModuleOptions,
  CorsPathOptions,
  CorsStrategy,
} from './config/module/module-options.js';
export type {
  CorsOriginMatcher,
  CorsPolicyName,
  CorsPolicyNames,
  CorsPolicyOptions,
  CorsTrialOptions,
  ReservedPolicyName,
} from './config/policies/policy-options.js';
export type { ApplicationRisk, PolicyRisk } from './config/issues/acceptable-risks.js';
export type { CorsOriginPredicate } from './protocol/origin/predicate.js';
