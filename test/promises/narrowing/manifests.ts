import type { CorsPolicyOptions } from 'nestjs-cors';
import type { CorsManifest, CorsManifestPolicy } from 'nestjs-cors/export';
import { Random } from '../../support/random.js';
import { ORIGINS } from './permissions.js';

const PATTERNS = [
  ...ORIGINS,
  'https://*.a.example',
  'https://*.b.example',
  'https://*.x.a.example',
  'https://a.example:*',
];

/** Some of the items. */
export function subset<Item>(
  random: Random,
  items: readonly Item[],
  chance = 0.5,
): readonly Item[] {
  return items.filter(() => random.chance(chance));
}

/** @param width how much it permits, from 0 to 1 */
export function randomPolicy(random: Random, width: number): CorsManifestPolicy {
  const some = subset(random, PATTERNS, width);
  const isOpen = random.chance(width / 4);
  const origin = isOpen
    ? '*'
    : random.chance(0.05)
      ? false
      : [...(some.length > 0 ? some : ['https://b.example'])];
  if (Array.isArray(origin) && random.chance(0.15))
    origin.push({ regexp: '^https:\\/\\/pr-\\d+\\.b\\.example$', flags: '' } as never);
  const credentials = Array.isArray(origin)
    ? random.pick([true, false, false, origin.slice(0, 1)])
    : false;
  return {
    origin,
    credentials,
    methods: random.pick([null, null, ['PUT'], ['PUT', 'DELETE'], ['PATCH']]),
    allowedHeaders: random.chance(width) ? null : subset(random, ['X-A', 'X-B']),
    exposedHeaders: subset(random, ['X-E', 'X-F'], width),
    maxAge: random.pick([0, 60, 600]),
    optionsSuccessStatus: random.pick([200, 204]),
    denied: random.pick(['omit', 'omit', 'reject'] as const),
    vary: [],
    preflightHeaders: {},
    timingAllowOrigin: random.chance(width / 2),
    resourcePolicy: random.pick([null, null, 'same-site', 'same-origin']),
    dangerouslyAllow: [],
    fingerprint: '',
  };
}

/** A service with a path for each policy, served by these methods. */
export function manifestOf(
  policies: Readonly<Record<string, CorsManifestPolicy>>,
  methods: readonly string[],
): CorsManifest {
  const names = Object.keys(policies);
  return {
    format: 1,
    service: 'orders',
    platform: { name: 'express', strategy: 'hook', caseSensitive: false },
    debug: false,
    routes: names.flatMap((name) =>
      methods.map((method) => ({
        method,
        path: `/${name}`,
        handler: 'A.b',
        policy: name,
        declared: null,
      })),
    ),
    paths: [],
    default: { policy: null },
    gateways: [],
    policies,
    digest: '',
  };
}

/** The ceiling as somebody would write it. */
export function written({
  fingerprint: _made,
  reportOnly: _tried,
  origin,
  credentials,
  methods,
  allowedHeaders,
  resourcePolicy,
  ...rest
}: CorsManifestPolicy): CorsPolicyOptions {
  const options = (list: readonly unknown[]): readonly (string | RegExp)[] =>
    list.map((one) =>
      typeof one === 'string' ? one : new RegExp((one as { readonly regexp: string }).regexp),
    );
  return {
    ...rest,
    dangerouslyAllow: [],
    origin: typeof origin === 'object' ? options(origin) : origin,
    credentials: typeof credentials === 'object' ? options(credentials) : credentials,
    ...(methods !== null && { methods }),
    ...(allowedHeaders !== null && { allowedHeaders }),
    ...(resourcePolicy !== null && { resourcePolicy: resourcePolicy as 'same-site' }),
  };
}

/** A ceiling. */
export const LIMIT: CorsPolicyOptions = {
  origin: ['https://*.a.example', 'https://b.example'],
  credentials: true,
};
/** A policy within it. */
export const POLICY: CorsManifestPolicy = {
  ...randomPolicy(new Random(1), 0),
  origin: ['https://x.a.example'],
  credentials: false,
  methods: null,
  allowedHeaders: [],
  exposedHeaders: [],
  maxAge: 60,
  optionsSuccessStatus: 204,
  denied: 'omit',
  timingAllowOrigin: false,
  resourcePolicy: null,
};
