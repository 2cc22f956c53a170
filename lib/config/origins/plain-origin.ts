import { SHARED_HOSTING } from './risk/risky-hosts.js';

/** As browsers write them: `https`, labels, no address, no port that is the default. */
const PLAIN = /^https:\/\/(?:[a-z0-9_-]+\.)+[a-z][a-z0-9_-]*(?::[1-9]\d{0,4})?$/;
const SCHEME = 'https://'.length;
const LONGEST_HOST = 254;
const HIGHEST_PORT = 65535;

/** The last two labels of hosts at which strangers run scripts. */
const SHARED_ENDS: ReadonlySet<string> = new Set(
  SHARED_HOSTING.map((host) => host.split('.').slice(-2).join('.')),
);

/**
 * An origin that no check could find anything wrong with, whatever the policy around it says: an exact `https` origin below a
 * registrable name. In lists of hundreds of thousands nearly all are, and the checks cost twenty times what this does. `false`
 * says nothing: the origin is read and checked in full.
 */
export function isPlainOrigin(value: string): boolean {
  if (!PLAIN.test(value)) return false;
  const colon = value.indexOf(':', SCHEME);
  const end = colon === -1 ? value.length : colon;
  const port = colon === -1 ? 0 : Number(value.slice(colon + 1));
  if (port === 443 || port > HIGHEST_PORT || end - SCHEME > LONGEST_HOST) return false;
  const last = value.lastIndexOf('.', end);
  if (value.startsWith('.localhost', last) && end - last === '.localhost'.length) return false;
  const before = Math.max(value.lastIndexOf('.', last - 1), SCHEME - 1);
  return !SHARED_ENDS.has(value.slice(before + 1, end));
}
