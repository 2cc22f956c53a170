import type {
  CorsManifest,
  CorsManifestOrigin,
  CorsManifestPolicy,
  CorsManifestPolicyName,
} from '../../inspect/manifest/manifest.js';

/** How open a place is, from the most to the least; `'left-alone'` is for others to say. */
export type Openness = 'everyone' | 'code' | 'pattern' | 'listed' | 'nobody' | 'left-alone';

/** How open a place is, as a word for colours and as words for people. */
export interface Judged {
  readonly openness: Openness;
  readonly words: string;
}

const FIXED: ReadonlyMap<CorsManifestPolicyName, Judged> = new Map<CorsManifestPolicyName, Judged>([
  [null, { openness: 'left-alone', words: 'left alone: no policy' }],
  [false, { openness: 'nobody', words: 'nobody' }],
  ['passthrough', { openness: 'left-alone', words: 'left alone: passthrough' }],
  ['paths', { openness: 'left-alone', words: 'as `paths` says' }],
]);

/** Who may read what answers under a policy. */
export function opennessOf(
  name: CorsManifestPolicyName,
  policies: CorsManifest['policies'],
): Judged {
  const policy = typeof name === 'string' ? policies[name] : undefined;
  if (policy === undefined) return FIXED.get(name) ?? { openness: 'nobody', words: 'nobody' };
  const { openness, words } = ofOrigin(policy);
  if (openness === 'nobody') return { openness, words };
  return { openness, words: `${words}${withCredentials(policy)}` };
}

function ofOrigin({ origin }: CorsManifestPolicy): Judged {
  if (origin === '*') return { openness: 'everyone', words: 'everyone' };
  if (origin === false || origin.length === 0) return { openness: 'nobody', words: 'nobody' };
  if (origin.some(isPredicate)) return { openness: 'code', words: 'whoever code lets in' };
  if (origin.some(isPattern)) return { openness: 'pattern', words: 'sites by pattern' };
  return { openness: 'listed', words: origin.length === 1 ? 'one site' : `${origin.length} sites` };
}

function withCredentials({ credentials }: CorsManifestPolicy): string {
  if (credentials === true) return ', with credentials';
  return credentials === false || credentials.length === 0 ? '' : ', some with credentials';
}

function isPredicate(origin: CorsManifestOrigin): boolean {
  return typeof origin !== 'string' && 'predicate' in origin;
}

function isPattern(origin: CorsManifestOrigin): boolean {
  return typeof origin === 'string' ? origin.includes('*') : 'regexp' in origin;
}
