export { LivePolicies } from './live-policies.js';
export type {
  CorsLiveEvents,
  CorsLiveListener,
  CorsLiveState,
  CorsLiveStatus,
} from './live-status.js';
