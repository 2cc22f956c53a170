import type { OriginPattern } from '../../../protocol/origin/pattern.js';
import { loadPublicSuffixOf } from '../risk/public-suffix.js';
import { isRegistry } from '../risk/risky-hosts.js';
import { meaningOf } from './meaning.js';
import type { RegExpGroup } from './parser.js';
import { rewrite } from './rewrite.js';

/**
 * A host that only a quantifier brings in, and that belongs to no domain written out: `com?` means `example.com` and
 * reaches `example.co`. Alternatives, as in `(?:com|org)`, are written out.
 */
export function secondDomain(group: RegExpGroup, flags: string): OriginPattern | undefined {
  const full = rewrite(group, (node) =>
    node.kind === 'repeat' && node.max !== Infinity ? { ...node, min: node.max } : node,
  );
  const written = meaningOf(full, flags).patterns.map(({ host }) => host);
  const reached = meaningOf(group, flags).patterns;
  return reached.find(({ host }) => !written.some((other) => isSameDomain(host, other)));
}

/** Equal, or both below a name in which strangers cannot register. */
function isSameDomain(left: string, right: string): boolean {
  const [a, b] = [left, right].map((host) => host.replace(/\.$/, '').split('.').reverse());
  if (a === undefined || b === undefined) return false;
  const end = a.findIndex((label, index) => label !== b[index]);
  if (end === -1 && a.length === b.length) return true;
  const shared = a
    .slice(0, end === -1 ? a.length : end)
    .reverse()
    .join('.');
  return shared !== '' && !isRegistry(shared, loadPublicSuffixOf());
}
