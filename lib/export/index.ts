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
