import type { CorsPolicyOptions } from 'nestjs-cors';
import type { Random } from '../../../support/random.js';

/** A policy of names and patterns, kept apart for a reference that shares no code with the library. */
export interface RandomPolicy {
  readonly options: CorsPolicyOptions;
  readonly origins: readonly string[];
}

const WORDS = [
  'a',
  'ab',
  'b',
  'ba',
  'app',
  'x-y',
  'cat',
  'concat',
  'kin',
  'pin',
  '1',
  'xn--bcher-kva',
];
const ENDS = ['example', 'a.example', 'ab.example', 'example.test'];
const PORTS = ['', '', '', ':8080', ':1', ':65535'];

export function randomPolicy(random: Random): RandomPolicy {
  const count = 1 + random.below(6);
  const origins = [...new Set(Array.from({ length: count }, () => randomOrigin(random)))];
  return { options: { origin: origins, credentials: random.chance(0.3) }, origins };
}

function randomOrigin(random: Random): string {
  const host = `${random.pick(WORDS)}.${random.pick(ENDS)}`;
  if (random.chance(0.3)) return `https://*.${host}`;
  return `https://${host}${random.chance(0.2) ? ':*' : random.pick(PORTS)}`;
}

/** What the README says, in as few words as possible: names compare as bytes, `*.` is labels, `:*` is any port. */
export function reference({ origins }: RandomPolicy, origin: string): boolean {
  return origins.some((allowed) => {
    if (!allowed.includes('*')) return origin === allowed;
    if (allowed.endsWith(':*')) {
      const start = allowed.slice(0, -2);
      return (
        origin === start ||
        (origin.startsWith(`${start}:`) && isPort(origin.slice(start.length + 1)))
      );
    }
    const [scheme = '', end = ''] = allowed.split('*');
    if (!origin.startsWith(scheme) || !origin.endsWith(end)) return false;
    const labels = origin.slice(scheme.length, origin.length - end.length);
    return origin.length <= 326 && labels.split('.').every((label) => /^[a-z0-9_-]+$/.test(label));
  });
}

function isPort(text: string): boolean {
  return /^[1-9][0-9]*$/.test(text) && Number(text) <= 65_535 && text !== '443';
}

/** An origin that the policy allows. */
export function memberOf(random: Random, { origins }: RandomPolicy): string {
  const chosen = random.pick(origins);
  const labels = Array.from({ length: 1 + random.below(3) }, () => random.pick(WORDS)).join('.');
  const port = String(1 + random.below(65_534));
  return chosen
    .replace('*.', `${labels}.`)
    .replace(':*', random.chance(0.3) ? '' : `:${port === '443' ? '444' : port}`);
}

const SPLICES = ['.', '..', '-', '_', ':', ':443', ':0', ':080', '/', '@', ',', ' ', 'a', 'A', '*', '%', '#', '`', 'https://', 'null', '\xe9']; // prettier-ignore

/** A member, as often as not with something wrong. */
export function mutant(random: Random, policy: RandomPolicy): string {
  let origin = memberOf(random, policy);
  while (random.chance(0.6)) {
    const at = random.below(origin.length + 1);
    const cut = random.below(3);
    origin =
      origin.slice(0, at) +
      (random.chance(0.6) ? random.pick(SPLICES) : '') +
      origin.slice(at + cut);
  }
  return origin.replace(/^[ \t]+|[ \t]+$/g, '').slice(0, 400) || 'null';
}
