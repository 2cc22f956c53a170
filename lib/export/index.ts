export type {
  CorsManifest,
  CorsManifestDefault,
  CorsManifestGateway,
  CorsManifestOrigin,
  CorsManifestPath,
  CorsManifestPlatform,
  CorsManifestPolicy,
  CorsManifestPolicyName,
  CorsManifestPredicate,
  CorsManifestRegExp,
  CorsManifestRoute,
} from '../inspect/manifest/manifest.js';
export { diffManifests } from './diff/diff-manifests.js';
export type {
  CorsExampleRequest,
  CorsManifestDifference,
  CorsOptionDifference,
  CorsPlacePolicy,
  CorsVerdict,
} from './diff/difference.js';
