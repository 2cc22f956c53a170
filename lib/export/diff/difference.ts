import type { CorsManifestPolicyName } from '../../inspect/manifest/manifest.js';

/**
 * - `narrower`: nobody may do more than before, somebody less.
 * - `wider`: somebody may do more, nobody less.
 * - `changed`: somebody more and somebody less, or something that is no permission, such as a status.
 * - `unknown`: it cannot be told, because of a predicate for instance.
 *
 * @publicApi
 */
export type CorsVerdict = 'narrower' | 'wider' | 'changed' | 'unknown';

/**
 * A place that answers differently.
 *
 * @publicApi
 */
export interface CorsManifestDifference {
  /** `PUT /orders/:id`, `paths /billing/*rest`, `default`, `gateway FeedGateway`, `platform`. */
  readonly place: string;
  readonly verdict: CorsVerdict;
  readonly before: CorsPlacePolicy;
  readonly after: CorsPlacePolicy;
  /** The options that differ there. */
  readonly options: readonly CorsOptionDifference[];
  /**
   * The shortest origin that is allowed now and was not; of an https page if there is one. Where no origin is new, the
   * shortest that may send credentials now and could not.
   */
  readonly witness?: string;
  /** A request that shows it; absent where the place has no path that could be compared. */
  readonly example?: CorsExampleRequest;
}

/** The policy of a place in one of the manifests. */
export interface CorsPlacePolicy {
  /** As in the manifest; never `'paths'`, but what that leads to. */
  readonly policy: CorsManifestPolicyName;
  /** Where it is declared; `null` where nothing declares it. */
  readonly declared: string | null;
}

/** An option that differs. */
export interface CorsOptionDifference {
  /** A key of the policy; `'policy'` where there is a policy on one side only; `'platform'`, `'debug'`. */
  readonly option: string;
  readonly verdict: CorsVerdict;
  readonly before: unknown;
  readonly after: unknown;
  readonly witness?: string;
  /** Why it cannot be told: `'predicate'`, `'too-complex'`, `'unsupported'`, `'passthrough'`, `'pattern'`. */
  readonly reason?: string;
}

/** A request for which the two manifests answer differently. */
export interface CorsExampleRequest {
  readonly method: string;
  readonly path: string;
  /** As the controller is bound to it; absent for any. */
  readonly host?: string;
}

/** No permission: whatever they are, nobody may do more or less. */
const NO_PERMISSIONS: ReadonlySet<string> = new Set(['optionsSuccessStatus', 'vary', 'debug']);

/** The verdict on a policy, from those on its options. */
export function combined(
  options: readonly Pick<CorsOptionDifference, 'option' | 'verdict'>[],
): CorsVerdict {
  const all = options.filter(({ option }) => !NO_PERMISSIONS.has(option));
  const verdicts = new Set(all.map(({ verdict }) => verdict));
  if (verdicts.has('unknown')) return 'unknown';
  const [only] = verdicts;
  return verdicts.size === 1 && only !== undefined ? only : 'changed';
}

const ORDER: readonly string[] = ['wider', 'unknown', 'changed', 'narrower', 'alike'];

/** Sorts what opens something first, then what cannot be told. */
export function byVerdict(
  left: { readonly verdict: string },
  right: { readonly verdict: string },
): number {
  return ORDER.indexOf(left.verdict) - ORDER.indexOf(right.verdict);
}
