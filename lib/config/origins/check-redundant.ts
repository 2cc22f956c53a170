import type { IssueCollector } from '../issues/issue-collector.js';
import { isExact, type OriginPattern } from '../../protocol/origin/pattern.js';
import { reportCovered } from './covered-origin.js';
import { parseOriginPattern } from './origin-pattern.js';
import { PAGE, type ReadOrigins } from './read-origins.js';

/** By scheme and host, `*.` included: the ports that patterns with a wildcard allow there. */
type Ports = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Reports origins that another one covers; pauses so that others may have their turn.
 *
 * @param where the place of the list
 */
export function* redundancies(
  { reach, patterns, plain }: ReadOrigins,
  where: string,
  issues: IssueCollector,
): Generator<void> {
  const ports = portsOf(patterns.filter((pattern) => !isExact(pattern)));
  const seen = new Set<string>();
  for (const [index, placed] of reach.entries()) {
    if (placed.regexp !== undefined) continue; // covers it, nobody wrote the pattern
    const { source } = placed.pattern;
    const covered = seen.has(source) || (ports.size > 0 && isCovered(placed.pattern, ports));
    if (covered) reportCovered(source, placed.where, issues);
    seen.add(source);
    if (index % PAGE === 0) yield;
  }
  if (ports.size === 0) return;
  let index = 0;
  for (const source of plain ?? []) {
    const { pattern } = parseOriginPattern(source);
    if (pattern !== undefined && isCovered(pattern, ports)) reportCovered(source, where, issues);
    if ((index += 1) % PAGE === 0) yield;
  }
}

function portsOf(patterns: readonly OriginPattern[]): Ports {
  const ports = new Map<string, Set<string>>();
  for (const pattern of patterns) {
    const key = keyOf(pattern, pattern.host, pattern.subdomains);
    ports.set(key, (ports.get(key) ?? new Set()).add(pattern.port));
  }
  return ports;
}

/** By any port at the same place, or by `*.` in front of a shorter host. */
function isCovered(pattern: OriginPattern, ports: Ports): boolean {
  const { host, port, subdomains } = pattern;
  if (port !== '*' && ports.get(keyOf(pattern, host, subdomains))?.has('*')) return true;
  for (let dot = host.indexOf('.'); dot !== -1; dot = host.indexOf('.', dot + 1)) {
    const above = ports.get(keyOf(pattern, host.slice(dot + 1), true));
    if (above?.has('*') || above?.has(port)) return true;
  }
  return false;
}

function keyOf({ scheme }: OriginPattern, host: string, subdomains: boolean): string {
  return `${scheme}://${subdomains ? '*.' : ''}${host}`;
}
