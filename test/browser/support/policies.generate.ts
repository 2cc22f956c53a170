import { CorsModule, type CorsPolicyOptions } from 'nestjs-cors';
import { PAGES } from './generate.js';
import type { Platform } from './nest-app.js';
import type { Random } from './random.js';
import type { PlannedFetch } from './scenario.js';

/** The policies of one controller: its own, and those that some of its methods have instead; `null` is `@NoCors()`. */
export interface PlannedPolicies {
  readonly own: CorsPolicyOptions | null;
  readonly methods: Readonly<Record<string, CorsPolicyOptions | null | undefined>>;
}

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

const OWN = new Set(['http://app.page.test', 'http://localhost']);

const ORIGINS: readonly NonNullable<CorsPolicyOptions['origin']>[] = [
  '*',
  'http://app.page.test',
  ['http://app.page.test', 'http://localhost'],
  ['http://*.page.test'],
  ['http://localhost:*', 'http://*.page.test'],
  [/^http:\/\/(app|www)\.page\.test$/],
  ['http://other.test', (origin) => origin.endsWith('.page.test')],
  (origin, { headers }) => Promise.resolve(headers['x-deny'] === undefined && OWN.has(origin)),
  'http://nobody.test',
];

/** Origins that may send credentials, where not every one that is allowed may. */
const LISTS: readonly (readonly (string | RegExp)[])[] = [
  ['http://app.page.test'],
  ['http://localhost', 'http://app.page.test'],
  ['http://*.page.test'],
  [/^http:\/\/(app|www)\.page\.test$/],
];

const RISKS = ['insecure-origin-with-credentials', 'local-origin-in-production'];
const REQUEST_HEADERS = ['X-A', 'x-b', 'Authorization', 'Content-Type'];

/** A policy that would start. */
export function randomPolicy(random: Random): CorsPolicyOptions {
  for (;;) {
    const policy = draw(random);
    if (CorsModule.validate({ default: policy }).errors.length === 0) return policy;
  }
}

function draw(random: Random): CorsPolicyOptions {
  const or = <Value>(probability: number, value: () => Value): Value | undefined =>
    random.chance(probability) ? value() : undefined;
  const drawn = {
    origin: random.chance(0.02) ? (false as const) : random.pick(ORIGINS),
    credentials: or(0.7, () => (random.chance(0.4) ? random.pick(LISTS) : true)),
    methods: or(0.2, () => random.some(METHODS, 0.6)),
    allowedHeaders: or(0.4, () =>
      random.chance(0.2) ? '*' : random.some([...REQUEST_HEADERS, '*'], 0.7),
    ),
    exposedHeaders: or(0.5, () =>
      random.chance(0.3) ? '*' : random.some(['X-One', 'x-two'], 0.6),
    ),
    maxAge: or(0.4, () => random.pick([-1, 0, 1000])),
    vary: or(0.3, () => ['X-Deny']),
    optionsSuccessStatus: or(0.2, () => 200),
    denied: or(0.2, () => 'reject' as const),
    resourcePolicy: or(0.2, () =>
      random.pick(['same-origin', 'same-site', 'cross-origin'] as const),
    ),
    dangerouslyAllow: RISKS,
  };
  return Object.fromEntries(Object.entries(drawn).filter(([, value]) => value !== undefined));
}

export function randomPolicies(random: Random): PlannedPolicies {
  const maybeNone = (): CorsPolicyOptions | null =>
    random.chance(0.06) ? null : randomPolicy(random);
  const overridden = random.some(METHODS, 0.12);
  return {
    own: maybeNone(),
    methods: Object.fromEntries(overridden.map((method) => [method, maybeNone()])),
  };
}

/** Some fetches of one page to one URL, each a variation of the first, to meet what the caches remember. */
export function randomFetches(
  random: Random,
  platform: Platform,
  controllers: number,
  id: string,
): [page: string, fetches: PlannedFetch[]] {
  const first = randomFetch(random, randomUrl(random, platform, controllers, id));
  const fetches = [first];
  while (random.chance(0.6)) {
    const other = randomFetch(random, first.url);
    const change = random.pick(['method', 'headers', 'credentials', 'body'] as const);
    fetches.push(random.chance(0.3) ? first : { ...first, [change]: other[change] });
  }
  const page = random.chance(0.6) ? 'http://app.page.test' : random.pick(Object.keys(PAGES));
  return [page, fetches];
}

function randomUrl(random: Random, platform: Platform, controllers: number, id: string): string {
  const host = (): string => `http://api.${platform}.${random.pick(['page', 'other'])}.test`;
  const path = (): string => `/${random.chance(0.04) ? 'none' : `p${random.below(controllers)}`}/r`;
  const query = new URLSearchParams({ id });
  if (random.chance(0.3)) query.set('status', String(random.pick([201, 401, 404, 500])));
  if (random.chance(0.2)) query.set('cache', random.pick(['max-age=600', 'no-cache']));
  if (random.chance(0.1)) query.set('cookie', random.pick(['Lax', 'Strict']));
  if (random.chance(0.2)) query.set('to', `${random.chance(0.5) ? '' : host()}${path()}?id=${id}`);
  return `${host()}${path()}?${query.toString()}`;
}

function randomFetch(random: Random, url: string): PlannedFetch {
  const headers = [
    ...REQUEST_HEADERS.map((name) => [name, name === 'Content-Type' ? 'application/json' : '1']),
    ['X-Deny', '1'],
  ] as unknown as PlannedFetch['headers'];
  return {
    url,
    method: random.pick([...METHODS, 'GET', 'PUT', 'HEAD', 'patch']),
    headers: random.chance(0.4) ? [] : random.some(headers, 0.25),
    mode: random.chance(0.93) || isBlockedOpaque(url) ? 'cors' : 'no-cors',
    credentials: random.pick(['omit', 'same-origin', 'include', 'include'] as const),
    redirect: random.chance(0.95) ? 'follow' : random.pick(['error', 'manual'] as const),
    cache: random.chance(0.9) ? 'default' : random.pick(['no-store', 'reload'] as const),
    body: random.chance(0.8) ? null : { kind: 'text', value: '{}' },
  };
}

/**
 * JSON, Nest's answer to errors, in an opaque response: Opaque Response Blocking drops the body before it is cached, so
 * that Chromium asks again for what `Cache-Control` lets it keep. The simulator does not sniff bodies.
 */
function isBlockedOpaque(url: string): boolean {
  const { searchParams } = new URL(url);
  return Number(searchParams.get('status')) >= 400 && searchParams.has('cache');
}
