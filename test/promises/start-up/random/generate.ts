import {
  type Described,
  NONSENSE,
  type NonsenseName,
  type Options,
  PREDICATES,
  type PredicateName,
  type Shape,
  type Value,
} from './description.js';
import { fc } from '../../../support/fast-check.js';

type Weighted<Item> = readonly (readonly [weight: number, item: Item])[];

function oneOf<Item>(...choices: Weighted<fc.Arbitrary<Item>>): fc.Arbitrary<Item> {
  return fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })));
}

const plain = (value: string | number | boolean | null): Value => ({ plain: value });
const texts = (...values: string[]): fc.Arbitrary<Value> => fc.constantFrom(...values).map(plain);
const list = (items: fc.Arbitrary<Value>, maxLength = 4, minLength = 0): fc.Arbitrary<Value> =>
  fc.array(items, { maxLength, minLength }).map((values) => ({ list: values }));

const nonsense = fc
  .constantFrom(...(Object.keys(NONSENSE) as NonsenseName[]))
  .map((name): Value => ({ nonsense: name }));
const anything: fc.Arbitrary<Value> = oneOf<Value>(
  [3, nonsense],
  [1, fc.constantFrom(true, false, null, 0, 7, -1, 1e21).map(plain)],
  [1, fc.string({ unit: 'binary', maxLength: 12 }).map(plain)],
);

const label = fc.constantFrom(
  'a',
  'app',
  'x-1',
  '_x',
  'example',
  'shop',
  'co',
  'github',
  'cat',
  '9',
);
const host = fc
  .array(label, { minLength: 1, maxLength: 3 })
  .map((labels) => [...labels, 'test'].join('.'));
const goodOrigin = fc
  .tuple(
    oneOf<string>([30, fc.constant('https')], [1, fc.constant('http')], [3, fc.constant('capacitor')]),
    fc.constantFrom('', '', '*.'),
    host,
    fc.constantFrom('', '', ':8443', ':65535', ':*'),
  )
  .map((parts) => plain(`${parts[0]}://${parts[1]}${parts[2]}${parts[3]}`)); // prettier-ignore
const oddOrigin = texts('*', 'null', 'NULL', 'https://*', 'https://app.test/', 'https://app.test:443', 'app.test', '*.app.test',
  'https://App.test', 'https://*.github.io', 'https://codepen.io', 'http://localhost:3000', 'http://127.1', 'http://[::1]',
  'https://app.test.', 'chrome-extension://*', 'file://', '', ' ', 'https://a.test, https://b.test', 'https://', 'a://b',
  `${'a'.repeat(320)}://a`, `https://${'a.'.repeat(124)}test`, 'https://\u212a.test', 'https://app.test\n', 'https://x.test:0'); // prettier-ignore
const goodRegExp = fc
  .constantFrom('^https:\\/\\/[a-z]+\\.rx\\.test$', '^https:\\/\\/(?:a|b)\\.rx\\.test(?::\\d+)?$')
  .map((regexp): Value => ({ regexp, flags: '' }));
const oddRegExp = fc
  .tuple(
    fc.constantFrom('^https:\\/\\/[a-z]+\\.rx\\.test$', '^https:\\/\\/(?:a|b)\\.rx\\.test(?::\\d+)?$', 'rx\\.test', '^https:\\/\\/.*\\.rx\\.test$',
      '^https:\\/\\/a.rx\\.test$', '.*', '', '^(?:https:\\/\\/a\\.rx\\.test|null)$', '^https:\\/\\/(a+)+\\.rx\\.test$', '^https:\\/\\/(?=a)[^.]+\\.rx\\.test$',
      `${'('.repeat(400)}a${')'.repeat(400)}`, `^https:\\/\\/(?:${'a|'.repeat(2000)}a)\\.rx\\.test$`, '^https:\\/\\/[a-z]{1,5000}\\.rx\\.test$'),
    fc.constantFrom('', '', '', 'i', 'g', 'm', 'y', 'u'),
  )
  .map(([source, flags]): Value => ({ regexp: source, flags })); // prettier-ignore

const quick = Object.keys(PREDICATES).filter((name) => name !== 'hangs') as PredicateName[];
const goodPredicate = fc
  .constantFrom<PredicateName>('shops', 'later', 'nobody', 'rejects')
  .map((name): Value => ({ predicate: name }));
const oddPredicate = oneOf<PredicateName>([400, fc.constantFrom(...quick)], [1, fc.constant('hangs')]).map(
  (name): Value => ({ predicate: name }),
); // prettier-ignore

/** How much of it is wrong: most applications have one mistake or none. */
interface Mood {
  /** Of 100 values, how many are nonsense. */
  readonly wild: number;
}

function or(good: fc.Arbitrary<Value>, { wild }: Mood): fc.Arbitrary<Value> {
  return oneOf<Value>([100 - wild, good], [wild, anything]);
}

function originOf(mood: Mood): fc.Arbitrary<Value> {
  const one = oneOf<Value>(
    [200, goodOrigin],
    [15, goodRegExp],
    [15, goodPredicate],
    [mood.wild, oddOrigin],
    [mood.wild, oddRegExp],
    [mood.wild, oddPredicate],
  );
  return or(
    oneOf<Value>([6, one], [4, list(one, 4, 1)], [1, texts('*')], [1, fc.constant(plain(false))]),
    mood,
  );
}

function policyOf(mood: Mood, bases: readonly string[]): fc.Arbitrary<Options> {
  const names = texts('X-A', 'Content-Type', 'Authorization', 'x-b, X-C');
  const values = {
    origin: originOf(mood),
    credentials: or(oneOf<Value>([5, fc.boolean().map(plain)], [1, list(goodOrigin, 2, 1)], [mood.wild, list(oddOrigin)], [mood.wild, list(oddPredicate)]), mood),
    methods: or(list(texts('PUT', 'PATCH', 'DELETE', 'QUERY')), mood),
    allowedHeaders: or(oneOf<Value>([4, list(names.map((name) => ('plain' in name && name.plain === 'x-b, X-C' ? plain('X-D') : name)))], [1, names], [1, texts('*')]), mood),
    exposedHeaders: or(oneOf<Value>([20, names], [1, texts('*')]), mood),
    vary: or(texts('X-Tenant', 'X-Tenant, Accept'), mood),
    maxAge: or(fc.integer({ min: -1, max: 7200 }).map(plain), mood),
    optionsSuccessStatus: or(fc.constantFrom(200, 204, 299).map(plain), mood),
    preflightHeaders: or(asValue(options(fc.record({ 'Cache-Control': texts('max-age=600'), 'X-B': or(texts('b'), mood), ...(mood.wild < 20 ? {} : { Vary: anything, ['__proto__']: anything }) }, { requiredKeys: [] }), mood)), mood),
    denied: or(texts('omit', 'reject'), mood),
    timingAllowOrigin: or(fc.boolean().map(plain), mood),
    resourcePolicy: or(texts('same-site', 'cross-origin'), mood),
    dangerouslyAllow: or(list(texts('insecure-origin-with-credentials', 'shared-hosting-origin', 'reflects-every-origin', 'public-suffix-wildcard', 'local-origin-in-production')), mood),
    ...(bases.length === 0 ? {} : { extends: or(texts(...bases), mood) }),
    ...oddKeys(mood),
  };
  const requiredKeys: 'origin'[] = bases.length === 0 ? ['origin'] : [];
  return options(fc.record(values, { requiredKeys }), mood);
} // prettier-ignore

function oddKeys({ wild }: Mood): Record<string, fc.Arbitrary<Value>> {
  if (wild < 20) return {};
  return { ['__proto__']: anything, constructor: anything, preflightContinue: anything };
}

const GOOD_SHAPES: readonly Shape[] = ['plain', 'plain', 'plain', 'frozen', 'without prototype', 'getters', 'answers once', 'proxy', 'symbols', 'class instance', 'cyclic']; // prettier-ignore
const BAD_SHAPES: readonly Shape[] = ['getter that throws', 'proxy that throws', 'revoked proxy', 'inherits everything']; // prettier-ignore

function options(values: fc.Arbitrary<Options['values']>, { wild }: Mood): fc.Arbitrary<Options> {
  const shape = oneOf<Shape>([200, fc.constantFrom(...GOOD_SHAPES)], [wild, fc.constantFrom(...BAD_SHAPES)]);
  return fc.record({ shape, values });
} // prettier-ignore

const asValue = (described: fc.Arbitrary<Options>): fc.Arbitrary<Value> =>
  described.map((value) => ({ options: value }));

function pathsOf(mood: Mood): fc.Arbitrary<Value> {
  const path = (name: string): fc.Arbitrary<Value> =>
    oneOf<Value>([20, texts(`/${name}`, `/${name}/*rest`)], [mood.wild, texts(name, `/${name}/:id`, '/%70', '', '/a b')], [mood.wild, anything]);
  const policy = or(oneOf<Value>([3, asValue(policyOf(mood, []))], [2, texts('p', 'passthrough')], [1, fc.constant(plain(false))]), mood);
  const entry = (name: string): fc.Arbitrary<Value> =>
    asValue(options(fc.record({ path: path(name), policy, methods: or(texts('GET, PUT, OPTIONS'), mood) }, { requiredKeys: ['path', 'policy'] }), mood));
  return fc.subarray(['p0', 'p1']).chain((names) => fc.tuple(...names.map(entry)).map((entries) => ({ list: entries })));
} // prettier-ignore

function moduleOf(mood: Mood): fc.Arbitrary<Options> {
  const policies = fc.record(
    { p: asValue(policyOf(mood, [])), q: asValue(policyOf(mood, mood.wild > 10 ? ['p', 'q', 'parent', 'r'] : ['p'])) },
    { requiredKeys: ['p'] },
  );
  const values = {
    policies: or(asValue(options(policies, mood)), mood),
    default: or(oneOf<Value>([2, texts('p')], [1, asValue(policyOf(mood, ['p']))]), mood),
    paths: or(pathsOf(mood), mood),
    strategy: or(oneOf<Value>([8, texts('hook')], [1, texts('interceptor')]), mood),
    debug: or(oneOf<Value>([5, fc.constant(plain(false))], [1, fc.constant(plain(true))]), mood),
    dangerouslyAllow: or(texts('debug-in-production'), mood),
    ...oddKeys(mood),
  };
  return options(fc.record(values, { requiredKeys: ['policies'] }), mood);
} // prettier-ignore

function applicationOf(mood: Mood): fc.Arbitrary<Described> {
  const declared = (bases: string[]): fc.Arbitrary<Value> =>
    or(oneOf<Value>([1, texts('p')], [2, asValue(policyOf(mood, bases))], [1, fc.constant(plain(false))]), mood);
  return fc.record(
    {
      module: moduleOf(mood),
      onClass: declared(['p']),
      onHandler: declared(['p', 'parent']),
      production: fc.boolean(),
      platform: fc.constantFrom<Described['platform']>('express', 'fastify'),
    },
    { requiredKeys: ['module', 'production', 'platform'] },
  );
} // prettier-ignore

export const applications: fc.Arbitrary<Described> = oneOf<Described>(
  [14, applicationOf({ wild: 0 })],
  [3, applicationOf({ wild: 3 })],
  [2, applicationOf({ wild: 40 })],
);
