import type { IssueCollector } from '../issues/issue-collector.js';
import { isExact, type OriginPattern } from '../../protocol/origin/pattern.js';
import type { ReadOrigins } from './read-origins.js';
import { show } from '../../protocol/show-value.js';

/** By scheme and host, `*.` included: the ports that patterns with a wildcard allow there. */
type Ports = ReadonlyMap<string, ReadonlySet<string>>;

/** An origin that another one covers misleads whoever removes that other one later. */
export function reportRedundant({ reach, patterns }: ReadOrigins, issues: IssueCollector): void {
  const ports = portsOf(patterns.filter((pattern) => !isExact(pattern)));
  const seen = new Set<string>();
  for (const { where, pattern, regexp } of reach) {
    if (regexp !== undefined) continue; // covers it, nobody wrote the pattern
    const { source } = pattern;
    if (seen.has(source) || (ports.size > 0 && isCovered(pattern, ports))) {
      issues.add(
        'redundant-origin',
        where,
        `${show(source)} is covered by another entry of the list; remove one`,
        source,
      );
    }
    seen.add(source);
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
