import { canonicalJson } from './canonical-json.js';
import type { CorsManifestPolicy } from './manifest.js';

/**
 * The options of a policy that decide about answers, as a text: equal for policies that answer alike. The fingerprint is
 * made from it, and is not believed where a document may have been edited.
 */
export function answeringText(
  policy: Omit<CorsManifestPolicy, 'fingerprint' | 'dangerouslyAllow'>,
): string {
  const silent = { fingerprint: undefined, dangerouslyAllow: undefined, reportOnly: undefined };
  return canonicalJson({ ...policy, ...silent });
}
