import { fc } from '../../../support/fast-check.js';
import { A, B } from './live-app.js';
import type { Partition } from './proxy.js';

export const REPLICAS = 3;

/** One thing that happens to replicas or to their store. */
export type Step =
  | { readonly kind: 'partition'; readonly replica: number; readonly partition: Partition }
  | { readonly kind: 'publish'; readonly allows: string }
  | { readonly kind: 'two writers' }
  | { readonly kind: 'bad'; readonly text: string }
  | { readonly kind: 'wipe' }
  | { readonly kind: 'store stopped' }
  /** The replica ends, and comes back cut off from the store, so that its file is all that it has. */
  | { readonly kind: 'restart'; readonly replica: number };

/** Allowed by no good state. */
export const EVIL = 'https://evil.example';

const REPLICA = fc.nat(REPLICAS - 1);
const ORIGIN = fc.constantFrom(A, B);

/** Rubbish, an old revision, poison, half a state; `NEXT` stands for a revision above all before. */
const BAD = fc.constantFrom(
  'rubbish',
  `{"format":1,"revision":5,"policies":{"tenants":{"origin":["${EVIL}"]}}}`,
  `{"format":1,"revision":NEXT,"policies":{"tenants":{"origin":["${EVIL}","null"]}}}`,
  `{"format":1,"revision":NEXT,"policies":{"tenants":{"origin":["${EVIL}"]},"app":{"origin":["${EVIL}"]}}}`,
  `{"format":1,"revision":NEXT,"policies":{"tenants":{"origin":["${EVIL}"`,
  '{"format":1,"revision":NEXT,"policies":{"tenants":{"origin":[]}}}',
);

const STEP: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('partition' as const),
    replica: REPLICA,
    partition: fc.constantFrom<Partition>('cut', 'silent', 'none'),
  }),
  fc.record({ kind: fc.constant('publish' as const), allows: ORIGIN }),
  fc.constant<Step>({ kind: 'two writers' }),
  fc.record({ kind: fc.constant('bad' as const), text: BAD }),
  fc.constant<Step>({ kind: 'wipe' }),
  fc.constant<Step>({ kind: 'store stopped' }),
  fc.record({ kind: fc.constant('restart' as const), replica: REPLICA }),
);

/** Faults, and the origin that is allowed in the end: the other one is revoked. */
export const SCHEDULE = fc.record({
  steps: fc.array(STEP, { minLength: 3, maxLength: 8 }),
  allowed: ORIGIN,
});
