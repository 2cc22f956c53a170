import { All, Controller, Delete, Get, Patch, Put, type Type } from '@nestjs/common';
import {
  type CorsModuleOptions,
  type CorsPathOptions,
  CorsPolicy,
  type CorsPolicyOptions,
  NoCors,
} from 'nestjs-cors';
import { REST } from '../../../support/nest-version.js';
import type { Random } from '../../../support/random.js';

/** A route of a random application: `policy` is a name, `false` for `@NoCors()`, `null` for no decorator. */
export interface RandomRoute {
  readonly method: keyof typeof DECORATORS;
  readonly path: string;
  readonly policy: string | false | null;
}

/** An application and its CORS. */
export interface Configuration {
  readonly routes: readonly RandomRoute[];
  readonly default: string | undefined;
  readonly policies: Readonly<Record<string, CorsPolicyOptions>>;
  readonly paths: readonly CorsPathOptions[];
}

const DECORATORS = { GET: Get, PUT: Put, PATCH: Patch, DELETE: Delete, ALL: All };
const PATHS = [
  '/a',
  '/a/new',
  '/a/:id',
  '/:any',
  '/b/:x/c',
  '/b/y/:z',
  '/b/y/c',
  `/files/${REST}`,
  `/:any/${REST}`,
];
const COVERED = ['/a', '/a/*rest', '/raw', '/raw/*rest', '/b/y', '/files/*rest', '/*rest'];
const NAMES = ['p', 'q', 'r'];

export const ORIGINS = [
  'https://a.example',
  'https://b.example',
  'https://x.a.example',
  'https://pr-1.a.example',
  'https://a.example:8443',
  'https://s.b.example',
  'http://localhost:3000',
];
const PATTERNS = [...ORIGINS, 'https://*.a.example', 'https://*.b.example', 'https://a.example:*'];

export function randomConfiguration(random: Random): Configuration {
  const policies = Object.fromEntries(NAMES.map((name) => [name, randomPolicy(random)]));
  const routes = Array.from({ length: 1 + random.below(6) }, () => randomRoute(random));
  const paths = Array.from({ length: random.below(3) }, () => randomPath(random));
  const base = random.chance(0.6) ? random.pick(NAMES) : undefined;
  return settled({ routes, default: base, policies, paths });
}

/** One thing changed, or a few; now and then only how it is written. */
export function mutated(random: Random, given: Configuration): Configuration {
  let next = given;
  for (let count = 1 + random.below(2); count > 0; count -= 1)
    next = random.pick(MUTATIONS)(random, next);
  return settled(next);
}

const MUTATIONS: readonly ((random: Random, given: Configuration) => Configuration)[] = [
  (random, given) => ({
    ...given,
    policies: { ...given.policies, [random.pick(NAMES)]: randomPolicy(random) },
  }),
  (random, given) => {
    const name = random.pick(NAMES);
    const changed = { ...given.policies[name], ...randomOption(random) };
    return { ...given, policies: { ...given.policies, [name]: consistent(changed) } };
  },
  (random, given) => ({ ...given, routes: [randomRoute(random), ...given.routes] }),
  (random, given) => ({ ...given, routes: given.routes.filter(() => random.chance(0.8)) }),
  (random, given) => ({ ...given, routes: [...given.routes].reverse() }),
  (random, given) => ({
    ...given,
    routes: given.routes.map((route) =>
      random.chance(0.3) ? { ...route, policy: randomChoice(random) } : route,
    ),
  }),
  (random, given) => ({
    ...given,
    paths: [...given.paths, randomPath(random)].slice(random.below(2)),
  }),
  (random, given) => ({ ...given, default: random.chance(0.7) ? random.pick(NAMES) : undefined }),
];

function randomChoice(random: Random): RandomRoute['policy'] {
  return random.pick([...NAMES, ...NAMES, ...NAMES, false, null, 'paths', 'passthrough']);
}

function randomRoute(random: Random): RandomRoute {
  const method = random.pick(Object.keys(DECORATORS) as RandomRoute['method'][]);
  return { method, path: random.pick(PATHS), policy: randomChoice(random) };
}

function randomPath(random: Random): CorsPathOptions {
  const methods = random.pick([undefined, undefined, ['PUT'], ['GET', 'DELETE']]);
  const policy = random.pick([...NAMES, ...NAMES, false, 'passthrough'] as const);
  return { path: random.pick(COVERED), policy, ...(methods && { methods }) };
}

function randomPolicy(random: Random): CorsPolicyOptions {
  return consistent({
    origin: randomOrigin(random),
    ...randomOption(random),
    ...randomOption(random),
  });
}

function randomOrigin(random: Random): NonNullable<CorsPolicyOptions['origin']> {
  if (random.chance(0.1)) return '*';
  if (random.chance(0.05)) return false;
  const list: (string | RegExp)[] = [
    ...new Set(Array.from({ length: 1 + random.below(3) }, () => random.pick(PATTERNS))),
  ];
  if (random.chance(0.15)) list.push(/^https:\/\/pr-\d+\.a\.example$/);
  return list;
}

function randomOption(random: Random): CorsPolicyOptions {
  return random.pick<CorsPolicyOptions>([
    { origin: randomOrigin(random) },
    { credentials: random.chance(0.5) },
    { credentials: [random.pick(PATTERNS)] },
    { preflightHeaders: random.pick([{}, { 'X-P': '1' }, { 'X-P': '1', 'X-Q': '2' }]) },
    { allowedHeaders: random.pick([[], ['X-A'], ['X-B', 'X-A']]) },
    { exposedHeaders: random.pick([[], ['X-E'], ['X-E', 'X-F']]) },
    { methods: random.pick([['PUT'], ['PUT', 'DELETE'], ['PATCH']]) },
    { maxAge: random.pick([-1, 60, 600]) },
    { optionsSuccessStatus: random.pick([200, 204]) },
    { denied: random.pick(['omit', 'reject'] as const) },
    { timingAllowOrigin: random.chance(0.5) },
    { resourcePolicy: random.pick(['same-origin', 'same-site', 'cross-origin'] as const) },
  ]);
}

/** Leaves out what start-up would refuse, and accepts by name what it would only warn about. */
function consistent(given: CorsPolicyOptions): CorsPolicyOptions {
  if (given.origin === false) {
    const { denied, resourcePolicy, preflightHeaders } = given;
    return {
      origin: false,
      ...(denied && { denied }),
      ...(resourcePolicy && { resourcePolicy }),
      ...(preflightHeaders && { preflightHeaders }),
    };
  }
  const { origin, credentials = false } = given;
  const isCovered =
    typeof credentials === 'boolean'
      ? origin !== '*'
      : origin === '*' || [origin].flat().includes(credentials[0]);
  const options = isCovered ? given : { ...given, credentials: false };
  return options.credentials
    ? { ...options, dangerouslyAllow: ['insecure-origin-with-credentials'] }
    : options;
}

/** Of two routes that Fastify would take for one, the first; and no entry of `paths` twice. */
function settled({ routes, paths, ...rest }: Configuration): Configuration {
  const shapes = new Set<string>();
  const kept = routes.filter(({ method, path }) => {
    const shape = path.replaceAll(/:\w+/g, ':p').replace('*rest', '*');
    const isTaken =
      shapes.has(`${method} ${shape}`) ||
      shapes.has(`ALL ${shape}`) ||
      (method === 'ALL' && [...shapes].some((one) => one.endsWith(` ${shape}`)));
    if (!isTaken) shapes.add(`${method} ${shape}`);
    return !isTaken;
  });
  const entries = paths.filter(
    ({ path }, index) => paths.findIndex((other) => other.path === path) === index,
  );
  // Without `paths` nothing may leave the decision to them.
  const decidable = kept.filter(({ policy }) => policy !== 'paths' || entries.length > 0);
  return { ...rest, routes: decidable, paths: entries };
}

export function corsOf({ policies, paths, default: base }: Configuration): CorsModuleOptions {
  return { policies, paths, ...(base !== undefined && { default: base }) };
}

/** One controller with a handler a route, named by its place in the list. */
export function controllerOf({ routes }: Configuration): Type {
  @Controller()
  class RandomController {}
  for (const [index, { method, path, policy }] of routes.entries()) {
    const name = `h${index}`;
    const prototype = RandomController.prototype as unknown as Record<string, () => string>;
    prototype[name] = () => name;
    const descriptor = Object.getOwnPropertyDescriptor(prototype, name) as PropertyDescriptor;
    DECORATORS[method](path)(prototype, name, descriptor);
    if (policy !== null)
      (policy === false ? NoCors() : CorsPolicy(policy))(prototype, name, descriptor);
  }
  return RandomController;
}
