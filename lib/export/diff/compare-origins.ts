import type { CorsManifestPolicy } from '../../inspect/manifest/manifest.js';
import type { CorsVerdict } from './difference.js';
import { OriginSet } from './origin-set.js';

type Origins = CorsManifestPolicy['origin'];

/** How two sets of origins compare. */
export interface OriginComparison {
  readonly verdict: CorsVerdict | 'alike';
  /** The shortest that is new. */
  readonly witness?: string;
  /** Why it cannot be told. */
  readonly reason?: string;
}

/** Compares two `origin` options as languages, not as texts. */
export function compareOrigins(before: Origins, after: Origins): OriginComparison {
  if (JSON.stringify(before) === JSON.stringify(after)) return { verdict: 'alike' };
  const [old, fresh] = [new OriginSet(before), new OriginSet(after)];
  const gained = fresh.beyond(old);
  const lost = old.beyond(fresh);
  const witness = 'witness' in gained ? { witness: gained.witness } : {};
  const reason = reasonIn(gained) ?? reasonIn(lost);
  if (reason !== undefined) return { verdict: 'unknown', reason, ...witness };
  const [wider, narrower] = ['witness' in gained, 'witness' in lost];
  if (!wider && !narrower) return { verdict: 'alike' };
  return { verdict: wider === narrower ? 'changed' : wider ? 'wider' : 'narrower', ...witness };
}

function reasonIn(inclusion: ReturnType<OriginSet['beyond']>): string | undefined {
  return 'unknown' in inclusion ? inclusion.unknown : undefined;
}
