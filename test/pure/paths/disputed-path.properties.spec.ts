import * as fc from 'fast-check';
import { NO_CORS_POLICY } from '../../../lib/protocol/compiled-policy.js';
import { PathPolicies, type PathEntry } from '../../../lib/paths/path-policies.js';
import { decodeLeniently } from '../../promises/paths/agreement/decode-leniently.js';

/** One way in which a service may read a path. */
interface Reader {
  readonly takesHost: boolean;
  readonly before: Cleaning;
  readonly decodings: number;
  /** What was decoded is parsed again. */
  readonly dropsQuery: boolean;
  readonly after: Cleaning;
}

interface Cleaning {
  readonly backslash: 'letter' | 'separator';
  readonly semicolon: 'letter' | 'separator' | 'parameters';
  readonly collapses: boolean;
  readonly resolvesDots: boolean;
}

const cleaning: fc.Arbitrary<Cleaning> = fc.record({
  backslash: fc.constantFrom('letter', 'separator'),
  semicolon: fc.constantFrom('letter', 'separator', 'parameters'),
  collapses: fc.boolean(),
  resolvesDots: fc.boolean(),
});

const reader: fc.Arbitrary<Reader> = fc.record({
  takesHost: fc.boolean(),
  before: cleaning,
  decodings: fc.integer({ min: 0, max: 3 }),
  dropsQuery: fc.boolean(),
  after: cleaning,
});

const name = fc.constantFrom('a', 'b', 'c');
const entries: fc.Arbitrary<readonly PathEntry[]> = fc
  .uniqueArray(
    fc.record({
      path: fc.array(name, { maxLength: 3 }).map((names) => `/${names.join('/')}`),
      prefix: fc.boolean(),
    }),
    { minLength: 1, maxLength: 6, selector: ({ path, prefix }) => `${path} ${prefix}` },
  )
  .map((given) => given.map(({ path, prefix }, index) => entryOf(path, prefix, `p${index}`)));

const ODD = [
  '//',
  '\\',
  ';',
  ';v=1/',
  '%2f',
  '%5C',
  '%3b',
  '%3F',
  '%23',
  '%252f',
  '/./',
  '/../',
  '/%2e%2e/',
  '/..;/',
  '..',
];
const separator = fc.oneof(
  { weight: 6, arbitrary: fc.constant('/') },
  { weight: 4, arbitrary: fc.constantFrom(...ODD) },
);
const written = fc.oneof(
  { weight: 6, arbitrary: name },
  { weight: 2, arbitrary: fc.constantFrom('x', '%61', '%62', '%2561', 'v=1', 'a.b', '%20') },
);
const target = fc
  .tuple(fc.array(fc.tuple(separator, written), { maxLength: 6 }), fc.constantFrom('', '', '/', ';'))
  .map(([pieces, end]) => `/${pieces.flat().join('')}${end}`.replace(/^\/(?=\/)/, '')); // prettier-ignore

describe('the entry of a target', () => {
  it('is the one that any service would name, or undecidable', () => {
    fc.assert(
      fc.property(entries, target, reader, fc.boolean(), (given, path, service, caseSensitive) => {
        const found = new PathPolicies(given, caseSensitive).find(path, 'GET');
        const named = select(given, read(path, service));
        if (found === 'undecidable') return;
        expect([path, found?.policy.id]).toEqual([path, named?.policy.id]);
      }),
      { numRuns: Number(process.env['CORS_RUNS'] ?? 5_000) },
    );
  });

  it('is decided where nobody disagrees', () => {
    const plain = fc.array(fc.constantFrom('a', 'b', 'c', 'x', 'a.b', 'v=1', '%20', 'x%25'), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(entries, plain, fc.boolean(), (given, names, caseSensitive) => {
        const path = `/${names.join('/')}`;
        const found = new PathPolicies(given, caseSensitive).find(path, 'GET');
        expect(found).toBe(select(given, path));
      }),
    );
  });

  it.each([
    ['/a/x;v=1', 'below the longest prefix there is nothing to confuse it with'],
    ['/a//x', 'an empty segment below a prefix'],
    ['/a/x%2fy', 'an encoded slash below a prefix'],
    ['/a/x;v=1/y%2Fz//', 'all of it'],
  ])('%s: %s', (path) => {
    const given = [entryOf('/a', true, 'p'), entryOf('/b', true, 'q')];
    expect(new PathPolicies(given, true).find(path, 'GET')).toBe(given[0]);
  });

  it('is the same whatever the dots mean, where a prefix covers everything', () => {
    const given = [entryOf('/', true, 'p')];
    expect(new PathPolicies(given, true).find('/x/..;/y', 'GET')).toBe(given[0]);
  });

  it('is undecidable in a target encoded over and over', () => {
    const given = [entryOf('/a', true, 'p')];
    expect(new PathPolicies(given, true).find('/a/%2525252525', 'GET')).toBe('undecidable');
  });

  it('is undecidable in a target of more segments than anybody writes', () => {
    const given = [entryOf('/', true, 'p'), entryOf('/a', true, 'q')];
    const found = new PathPolicies(given, true).find('/x;'.repeat(5_000), 'GET');
    expect(found).toBe('undecidable');
  });
});

function entryOf(path: string, prefix: boolean, id: string): PathEntry {
  const policy = { ...NO_CORS_POLICY, id };
  const segments = path.split('/').filter(Boolean);
  return {
    path,
    segments,
    prefix,
    methods: undefined,
    policy,
    keepExposedHeaders: false,
    where: id,
  };
}

function read(path: string, { takesHost, before, decodings, dropsQuery, after }: Reader): string {
  let seen = clean(path, before);
  if (takesHost) seen = seen.replace(/^\/\/[^/]+/, '');
  for (let count = 0; count < decodings; count++) seen = decodeLeniently(seen);
  if (dropsQuery) seen = seen.replace(/[?#].*/, '');
  return clean(seen, after);
}

function clean(path: string, { backslash, semicolon, collapses, resolvesDots }: Cleaning): string {
  let seen = path;
  if (backslash === 'separator') seen = seen.replaceAll('\\', '/');
  if (semicolon === 'separator') seen = seen.replaceAll(';', '/');
  if (semicolon === 'parameters') seen = seen.replace(/;[^/]*/g, '');
  if (collapses) seen = seen.replace(/\/+/g, '/');
  return resolvesDots ? resolved(seen) : seen;
}

function resolved(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split('/').slice(1)) {
    const dots = decodeLeniently(segment);
    if (dots === '..') kept.pop();
    else if (dots !== '.') kept.push(segment);
  }
  return `/${kept.join('/')}`;
}

/** An exact path, with or without a slash, beats the longest prefix. */
function select(given: readonly PathEntry[], path: string): PathEntry | undefined {
  const bare = path.endsWith('/') ? path.slice(0, -1) : path;
  const depth = ({ path: own }: PathEntry): number => (own === '/' ? 0 : own.length);
  const key = (own: string): string => (own === '/' ? '' : own);
  const exact = given.find((entry) => !entry.prefix && key(entry.path) === bare);
  const prefixes = given.filter(
    (entry) => entry.prefix && `${bare}/`.startsWith(`${key(entry.path)}/`),
  );
  return exact ?? prefixes.sort((left, right) => depth(right) - depth(left))[0];
}
