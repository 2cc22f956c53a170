export type * from '../inspect/manifest/manifest.js';
export { diffManifests } from './diff/diff-manifests.js';
export type {
  CorsExampleRequest,
  CorsManifestDifference,
  CorsOptionDifference,
  CorsPlacePolicy,
  CorsVerdict,
} from './diff/difference.js';
export { exportPolicies } from './export-policies.js';
export type { CorsExport, CorsExportOptions, CorsExportTarget } from './export-policies.js';
export { CorsExportError } from './edge/losses.js';
export type { CorsExportEffect, CorsExportLoss } from './edge/losses.js';
export { narrowManifest } from './narrow/narrow-manifest.js';
export { manifestPaths } from './narrow/manifest-paths.js';
export type { ManifestPathsOptions } from './narrow/manifest-paths.js';
export { CorsNarrowingError } from './narrow/narrowing-error.js';
export type { CorsNarrowingIssue } from './narrow/narrowing-error.js';
