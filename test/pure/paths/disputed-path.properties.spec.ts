import { NO_CORS_POLICY, UNDECIDABLE_POLICY } from '../../../lib/protocol/compiled-policy.js';
import { PathPolicies, type PathEntry } from '../../../lib/paths/path-policies.js';
import { decodeLeniently } from '../../promises/paths/agreement/decode-leniently.js';
import { fc } from '../../support/fast-check.js';
import { SEED } from '../../support/seed.js';

const RUNS = Number(process.env['CORS_RUNS'] ?? 5_000);

/** One way in which a service may read a path. */
interface Reader {
  readonly takesHost: boolean;
  readonly before: Cleaning;
  readonly decodings: number;
  readonly decoder: (path: string) => string;
  readonly controls: (path: string) => string;
  /** What was decoded is parsed again. */
  readonly dropsQuery: boolean;
  readonly trims: boolean;
  readonly after: Cleaning;
  readonly mindsCase: boolean;
}

interface Cleaning {
  readonly backslash: 'letter' | 'separator';
  readonly semicolon: 'letter' | 'separator' | 'parameters' | 'query';
  readonly collapses: boolean;
  readonly resolvesDots: boolean;
}

const cleaning: fc.Arbitrary<Cleaning> = fc.record({
  backslash: fc.constantFrom('letter', 'separator'),
  semicolon: fc.constantFrom('letter', 'separator', 'parameters', 'query'),
  collapses: fc.boolean(),
  resolvesDots: fc.boolean(),
});

const decoders: Readonly<Record<string, (path: string) => string>> = {
  'byte by byte': decodeLeniently,
  overlong: (path) => decodeOverlong(decodeLeniently(path)),
  wide: (path) => decodeLeniently(decodeWide(path)),
};

const controls: Readonly<Record<string, (path: string) => string>> = {
  'are letters': (path) => path,
  'are dropped': (path) => path.replace(/\xc2?\p{Cc}/gu, ''),
  'end a C string': (path) => path.replace(/\0[^]*/, ''),
  'end a line': (path) => path.replace(/[\r\n][^]*/, ''),
  'separate words': (path) => path.replace(/\p{Cc}/gu, ' '),
};

const reader: fc.Arbitrary<Reader> = fc.record({
  takesHost: fc.boolean(),
  before: cleaning,
  decodings: fc.integer({ min: 0, max: 3 }),
  decoder: named(decoders),
  controls: named(controls),
  dropsQuery: fc.boolean(),
  trims: fc.boolean(),
  after: cleaning,
  mindsCase: fc.boolean(),
});

const name = fc.constantFrom('a', 'b', 'c', 'D');
const entries: fc.Arbitrary<readonly PathEntry[]> = fc
  .uniqueArray(
    fc.record({
      path: fc.array(name, { maxLength: 3 }).map((names) => `/${names.join('/')}`),
      prefix: fc.boolean(),
    }),
    { minLength: 1, maxLength: 6, selector: ({ path, prefix }) => `${path} ${prefix}` },
  )
  .map((given) => given.map(({ path, prefix }, index) => entryOf(path, prefix, `p${index}`)));

// prettier-ignore
const ODD = [
  '//', '\\', ';', ';v=1/', '#', '%2f', '%5C', '%3b', '%3F', '%23', '%252f', '/./', '/../', '/%2e%2e/', '/..;/', '..',
  '%00', '%00/', '%2500', '/%0a', '/%0d%0a/', '%09', '%7f', '%c2%85', '%c0%af', '%25c0%25af', '%e0%80%af', '/%c0%ae%c0%ae/',
  '%u002f', '%25u005c', '/%20/', '/..%20/',
];
// prettier-ignore
const RESPELT = [
  'x', '%61', '%62', '%2561', 'v=1', 'a.b', '%20', 'A', 'B', 'd', '%44', 'a%00', 'b%00.jpg', 'b%2500', '%00a', 'a%0a', '%09b',
  'a%20', '%20b', '%c1%a1', '%e0%81%a2', '%u0061', '%25u0062', '%c3%a9', '%e9',
];
const separator = fc.oneof(
  { weight: 6, arbitrary: fc.constant('/') },
  { weight: 4, arbitrary: fc.constantFrom(...ODD) },
);
const written = fc.oneof(
  { weight: 6, arbitrary: name },
  { weight: 2, arbitrary: fc.constantFrom(...RESPELT) },
);
const target = fc
  .tuple(fc.array(fc.tuple(separator, written), { maxLength: 6 }), fc.constantFrom('', '', '/', ';'))
  .map(([pieces, end]) => `/${pieces.flat().join('')}${end}`.replace(/^\/(?=\/)/, '')); // prettier-ignore

describe('the entry of a target', () => {
  it('is the one that any service would name, or undecidable', () => {
    fc.assert(
      fc.property(entries, target, reader, fc.boolean(), (given, path, service, caseSensitive) => {
        const { policy } = new PathPolicies(given, caseSensitive).select(path, 'GET');
        if (policy?.kind === 'undecidable') return;
        const served = serve(given, path, service, caseSensitive);
        expect([path, policy?.id]).toEqual([path, served?.policy.id]);
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });

  it('rejects where a policy does that any service would name', () => {
    fc.assert(
      fc.property(entries, target, reader, fc.nat(5), fc.boolean(), (...drawn) => {
        const [given, path, service, index, caseSensitive] = drawn;
        const all = given.map((entry, at) => (at === index ? rejecting(entry) : entry));
        const fallback = { ...NO_CORS_POLICY, id: 'default', reject: index >= given.length };
        const served = serve(all, path, service, caseSensitive)?.policy ?? fallback;
        if (!served.reject) return;
        const { policy } = new PathPolicies(all, caseSensitive, fallback).select(path, 'GET');
        expect([path, policy?.reject]).toEqual([path, true]);
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });

  it.each([
    ['/a%2fb', true, 'a service may see the rejecting area'],
    ['/a;x/b', true, 'the same'],
    ['/b%2fa', false, 'no service does'],
    ['/x/../c', false, 'not by any dots'],
    ['/x/../a/b', true, 'by these'],
    ['/c%00', true, 'anything may be seen'],
  ])('rejects in %s: %s, %s', (path, rejects) => {
    const given = [entryOf('/a', true, 'p'), entryOf('/b', true, 'q'), entryOf('/c', true, 'r')];
    const all = [...given, rejecting(entryOf('/a/b', true, 's'))];
    const { policy } = new PathPolicies(all, true).select(path, 'GET');
    expect([policy?.kind, policy?.reject]).toEqual(['undecidable', rejects]);
  });

  it('is decided where nobody disagrees', () => {
    const plain = fc.array(fc.constantFrom('a', 'b', 'c', 'x', 'a.b', 'v=1', 'x%20y', 'x%25'), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(entries, plain, fc.boolean(), (given, names, caseSensitive) => {
        const path = `/${names.join('/')}`;
        const found = new PathPolicies(given, caseSensitive).select(path, 'GET');
        expect(found.entry).toBe(select(given, path));
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
    expect(new PathPolicies(given, true).select(path, 'GET').entry).toBe(given[0]);
  });

  it('is the same whatever the dots mean, where a prefix covers everything', () => {
    const given = [entryOf('/', true, 'p')];
    expect(new PathPolicies(given, true).select('/x/..;/y', 'GET').entry).toBe(given[0]);
  });

  it('is undecidable in a target encoded over and over', () => {
    const given = [entryOf('/a', true, 'p')];
    expect(new PathPolicies(given, true).select('/a/%2525252525', 'GET').policy).toBe(
      UNDECIDABLE_POLICY,
    );
  });

  it('is undecidable in a target of more segments than anybody writes', () => {
    const given = [entryOf('/', true, 'p'), entryOf('/a', true, 'q')];
    const found = new PathPolicies(given, true).select('/a;'.repeat(5_000), 'GET');
    expect(found.policy).toBe(UNDECIDABLE_POLICY);
  });
});

function entryOf(path: string, prefix: boolean, id: string): PathEntry {
  const policy = { ...NO_CORS_POLICY, id };
  return {
    path,
    prefix,
    methods: undefined,
    policy,
    keepExposedHeaders: false,
    where: id,
  };
}

function rejecting(entry: PathEntry): PathEntry {
  return { ...entry, policy: { ...entry.policy, reject: true } };
}

function named<T>(choices: Readonly<Record<string, T>>): fc.Arbitrary<T> {
  return fc.constantFrom(...Object.keys(choices)).map((key) => choices[key] as T);
}

/** The entry that a service names: one mounted by a platform that ignores case sees its mount as it is mounted. */
function serve(
  given: readonly PathEntry[],
  path: string,
  service: Reader,
  caseSensitive: boolean,
): PathEntry | undefined {
  const seen = read(path, service);
  if (!service.mindsCase) return select(given, seen, true);
  if (caseSensitive) return select(given, seen);
  const isMount = ({ path: own, prefix }: PathEntry): boolean =>
    prefix && `${path}/`.toLowerCase().startsWith(own === '/' ? own : `${own}/`.toLowerCase());
  const [mount] = given.filter(isMount).sort((left, right) => depth(left) - depth(right));
  if (mount === undefined) return select(given, seen, true);
  return select(given, read(mount.path + path.slice(mount.path.length), service));
}

function read(path: string, reader: Reader): string {
  let seen = clean(path, reader.before);
  if (reader.takesHost) seen = seen.replace(/^\/\/[^/]+/, '');
  for (let count = 0; count < reader.decodings; count++) seen = reader.decoder(seen);
  seen = reader.controls(seen);
  if (reader.dropsQuery) seen = seen.replace(/[?#].*/s, '');
  if (reader.trims) seen = seen.replace(/ *\/ */g, '/').trim();
  return clean(seen, reader.after);
}

function decodeOverlong(path: string): string {
  const code = (byte: string): number => byte.charCodeAt(0) & 0x3f;
  return path
    .replace(/\xe0([\x80-\x81])([\x80-\xbf])/g, (_, high: string, low: string) =>
      String.fromCharCode((code(high) << 6) | code(low)),
    )
    .replace(/([\xc0\xc1])([\x80-\xbf])/g, (_, high: string, low: string) =>
      String.fromCharCode(((code(high) & 1) << 6) | code(low)),
    );
}

function decodeWide(path: string): string {
  return path.replace(/%u00([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function clean(path: string, { backslash, semicolon, collapses, resolvesDots }: Cleaning): string {
  let seen = path;
  if (backslash === 'separator') seen = seen.replaceAll('\\', '/');
  if (semicolon === 'separator') seen = seen.replaceAll(';', '/');
  if (semicolon === 'parameters') seen = seen.replace(/;[^/]*/g, '');
  if (semicolon === 'query') seen = seen.replace(/;.*/s, '');
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
function select(
  given: readonly PathEntry[],
  path: string,
  ignoresCase = false,
): PathEntry | undefined {
  const fold = (text: string): string => (ignoresCase ? text.toLowerCase() : text);
  const bare = fold(path.endsWith('/') ? path.slice(0, -1) : path);
  const key = (own: string): string => (own === '/' ? '' : fold(own));
  const exact = given.find((entry) => !entry.prefix && key(entry.path) === bare);
  const prefixes = given.filter(
    (entry) => entry.prefix && `${bare}/`.startsWith(`${key(entry.path)}/`),
  );
  return exact ?? prefixes.sort((left, right) => depth(right) - depth(left))[0];
}

function depth({ path }: PathEntry): number {
  return path === '/' ? 0 : path.length;
}
