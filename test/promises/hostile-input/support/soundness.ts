import { METHODS } from 'node:http';
import type { HeaderLine } from '../../../support/raw.js';
import type { WireResponse } from '../../../support/responses.js';

/** Written anew, as a reader of the README would: every origin that some policy of the fuzzed application allows. */
const ALLOWED = [
  /^https:\/\/app\.example\.com$/,
  /^https:\/\/b\.example$/,
  /^https:\/\/(?:[a-z0-9_-]+\.)+a\.example$/,
  /^https:\/\/port\.example(?::[1-9][0-9]{0,4})?$/,
  /^https:\/\/[a-z]+\.rx\.example$/,
  /^https:\/\/async\.example$/,
  /^https:\/\/default\.example$/,
];

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;
const CONFIGURED_HEADERS = 'x-one, Content-Type';
const VARY =
  /^(?:origin|access-control-request-(?:method|headers)|x-tenant|sec-fetch-site|accept-encoding)$/i;

const GRAMMAR: Readonly<Record<string, (value: string) => boolean>> = {
  'access-control-allow-origin': (value) =>
    value === '*' || (value.length <= 326 && ALLOWED.some((allowed) => allowed.test(value))),
  'access-control-allow-credentials': (value) => value === 'true',
  'access-control-allow-methods': (value) =>
    value.split(', ').every((method) => METHODS.includes(method)),
  'access-control-allow-headers': (value) =>
    value === CONFIGURED_HEADERS || value.split(', ').every((name) => TOKEN.test(name)),
  'access-control-expose-headers': (value) => value === 'X-Total',
  'access-control-max-age': (value) => value === '600' || value === '5',
  vary: (value) => value.split(', ').every((name) => VARY.test(name)),
};

/**
 * What is wrong with the CORS headers of a response.
 *
 * @param sent the request's headers, where they are known to have arrived as they are
 */
export function unsound(response: WireResponse, sent?: readonly HeaderLine[]): readonly string[] {
  const wrong: string[] = [];
  const seen = new Map<string, string>();
  for (const [given, value] of response.headers) {
    const name = given.toLowerCase();
    if (!name.startsWith('access-control-') && name !== 'vary') continue;
    if (seen.has(name)) wrong.push(`${name} twice`);
    if (GRAMMAR[name]?.(value) !== true) wrong.push(`${name}: ${JSON.stringify(value)}`);
    seen.set(name, value);
  }
  const origin = seen.get('access-control-allow-origin');
  const others = [...seen.keys()].filter((name) => name !== 'vary');
  if (origin === undefined && others.length > 0) wrong.push(`${others.join()} without an origin`);
  if (origin === '*' && seen.has('access-control-allow-credentials'))
    wrong.push('* and credentials');
  if (sent !== undefined) wrong.push(...unasked(seen, sent));
  return wrong;
}

/** Everything that depends on the request comes from the request. */
function unasked(seen: ReadonlyMap<string, string>, sent: readonly HeaderLine[]): string[] {
  const wrong: string[] = [];
  const values = (wanted: string): string[] =>
    sent.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value);
  const origin = seen.get('access-control-allow-origin');
  const origins = values('origin').map((value) => value.replace(/^[ \t]+|[ \t]+$/g, ''));
  if (origin !== undefined && origin !== '*' && (origins.length !== 1 || origins[0] !== origin))
    wrong.push(`${origin} is not the origin sent`);
  const allowed = seen.get('access-control-allow-headers');
  const asked = values('access-control-request-headers').join(',').toLowerCase();
  const echoed = allowed === CONFIGURED_HEADERS ? [] : (allowed?.split(', ') ?? []);
  if (!echoed.every((name) => asked.includes(name))) wrong.push(`${allowed} was not asked for`);
  return wrong;
}
