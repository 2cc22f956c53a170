export type * from '../inspect/manifest/manifest.js';
export { diffManifests } from './diff/diff-manifests.js';
export type {
  CorsExampleRequest,
  CorsManifestDifference,
  CorsOptionDifference,
  CorsPlacePolicy,
  CorsVerdict,
} from './diff/difference.js';
