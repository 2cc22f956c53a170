import { adviceOn } from '../../app/advice/advice.js';
import type { CorsDecisionEvent } from '../../app/events/decision-event.js';
import { NO_CORS_POLICY, type CompiledPolicy } from '../../protocol/compiled-policy.js';
import { show } from '../../protocol/show-value.js';
import type { DeniedKind } from './denial-list.js';

/** A kind of denial as the page shows it. What a stranger sent is escaped, and short. */
export interface ShownDenial {
  readonly kind: string;
  readonly outcome: string;
  readonly method: string;
  readonly route: string | null;
  readonly where: string | null;
  readonly policy: string;
  readonly origin: string;
  readonly sentence: string;
  readonly count: number;
  readonly at: number;
}

/** Reasons whose sentence is the same under every policy. */
const OF_NO_POLICY: ReadonlySet<string> = new Set([
  'no-policy',
  'undecidable-policy',
  'headers-malformed',
]);

/**
 * @param policyOf the policy under a label, as it answers now; `undefined` where another application of the process decided
 */
export function shownDenials(
  denials: readonly DeniedKind[],
  policyOf: (label: string) => CompiledPolicy | undefined,
): readonly ShownDenial[] {
  return denials.map(({ event, count, at }) => {
    const { kind, outcome, route = null, where = null, policy } = event;
    return {
      kind,
      outcome,
      route,
      where,
      policy,
      count,
      at,
      method: unseen(event.method),
      origin: unseen(event.origin),
      sentence: sentenceOn(event, policyOf(policy)) ?? event.reason,
    };
  });
}

function sentenceOn(
  event: CorsDecisionEvent,
  known: CompiledPolicy | undefined,
): string | undefined {
  const policy = known ?? (OF_NO_POLICY.has(event.reason) ? NO_CORS_POLICY : undefined);
  return policy && adviceOn({ ...event, policy });
}

/** Every character to be seen, as it would be written in quotes. */
function unseen(text: string): string {
  return show(text).replace(/^"|"$/g, '');
}
