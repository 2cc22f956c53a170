import { show } from '../../../protocol/show-value.js';
import type { OriginPattern } from '../../../protocol/origin/pattern.js';
import { reachOf } from './risky-hosts.js';

/** Hosts that web views give to an application itself, which has no port: Tauri on Windows and Android. */
const APPLICATION_HOSTS: ReadonlySet<string> = new Set(['tauri.localhost']);

/** The word that a loopback origin without a port earns: browsers send the port of a development server. */
export function loopbackPortMessage(pattern: OriginPattern): string | undefined {
  const { source, scheme, host, port } = pattern;
  if (scheme !== 'http' || port !== '' || APPLICATION_HOSTS.has(host)) return undefined;
  if (reachOf(host) !== 'loopback') return undefined;
  return `${show(source)} is port 80 only, and browsers send the port that the page comes from; add the port of the development server (an application in a web view has none)`;
}
