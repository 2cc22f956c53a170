import { isObviousRegistry, isReservedName } from './risky-names.js';

/** Where an origin's host lives. */
export type HostReach = 'loopback' | 'private' | 'public';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;
/** RFC 1918, RFC 3927, RFC 4193, RFC 4291, and the unspecified address, which browsers route to the own machine. */
const PRIVATE =
  /^(?:10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}|169\.254(?:\.\d{1,3}){2}|0\.0\.0\.0|\[::\]|\[f[cd][0-9a-f]{2}:[0-9a-f:]*\]|\[fe[89ab][0-9a-f]:[0-9a-f:]*\])$/;

export function reachOf(host: string): HostReach {
  const name = host.replace(/\.$/, '');
  if (LOOPBACK.test(name) || name.endsWith('.localhost')) return 'loopback';
  return PRIVATE.test(name) ? 'private' : 'public';
}

/**
 * Sites on which anyone runs scripts of their own, and that the Public Suffix List does not know (tldts 7.5.4). Taken from
 * CORScanner's and CORStest's lists of third-party origins.
 */
export const SHARED_HOSTING: readonly string[] = [
  'cdpn.io',
  'codepen.io',
  'codesandbox.io',
  'fiddle.jshell.net',
  'glitch.me',
  'jsbin.com',
  'jsfiddle.net',
  'loca.lt',
  'stackblitz.io',
  'v0.app',
  'webcontainer.io',
];

/** Not public suffixes, but strangers get names further below: `bucket.s3.amazonaws.com`. */
const ABOVE_PUBLIC_SUFFIXES =
  /^(?:(?:[a-z]{2}(?:-[a-z]+){1,3}-\d\.)?amazonaws\.com|(?:cloudapp\.)?azure\.com|(?:core\.)?windows\.net)$/;

/**
 * Every customer gets a name below these, and the Public Suffix List does not know it (tldts 7.5.4). These are
 * the addresses that the providers are known to hand out. One name below may well be one's own.
 */
const TENANT_HOSTS: ReadonlySet<string> = new Set([
  'app.github.dev',
  'cloudworkstations.dev',
  'github.dev',
  'itch.io',
  'lhr.life',
  'localhost.run',
  'myshopify.com',
  'pinggy.link',
  'serveo.net',
  'squarespace.com',
  'storage.googleapis.com',
  'strikingly.com',
  'surge.sh',
  'tumblr.com',
  'weebly.com',
  'wordpress.com',
]);

/**
 * Names are handed out at any depth below these. nip.io and sslip.io answer with whatever address the name contains
 * (`app.203.0.113.7.nip.io`), dev tunnels, preview ports and buckets have a region in between (`x.euw.devtunnels.ms`).
 */
const TENANTS_AT_ANY_DEPTH =
  /(?:^|\.)(?:nip\.io|sslip\.io|xip\.io|traefik\.me|devtunnels\.ms|backblazeb2\.com|wasabisys\.com|gitpod\.io)$/;

export function sharedHostOf(host: string): string | undefined {
  const name = host.replace(/\.$/, '');
  return SHARED_HOSTING.find((shared) => name === shared || name.endsWith(`.${shared}`));
}

/** Strangers can get names below the host. Without a list only the obvious is known. */
export function isRegistry(
  host: string,
  publicSuffixOf: ((host: string) => string | null) | undefined,
): boolean {
  const name = host.replace(/\.$/, '');
  if (ABOVE_PUBLIC_SUFFIXES.test(name)) return true;
  if (TENANT_HOSTS.has(name) || TENANTS_AT_ANY_DEPTH.test(name)) return true;
  // By the list's default rule every unlisted top-level name is a public suffix, `localhost` included.
  if (isReservedName(name)) return false;
  if (isObviousRegistry(name)) return true;
  // One label further down, for rules such as `*.ck` that make each of them a public suffix.
  const suffix = publicSuffixOf?.(`x.${name}`) ?? '';
  return suffix === name || suffix === `x.${name}`;
}
