import { compileOriginMatcher } from '../../../../lib/protocol/origin/matcher.js';
import { parseOriginPattern } from '../../../../lib/config/origins/origin-pattern.js';
import type { OriginPattern } from '../../../../lib/protocol/origin/pattern.js';
import { fc } from '../../../support/fast-check.js';

/** What a pattern means, said a second time and as plainly as possible. */
function reference(pattern: string, origin: string): boolean {
  if (pattern === origin) return true;
  const [scheme, rest] = split(pattern, '://');
  const [originScheme, originRest] = split(origin, '://');
  if (scheme !== originScheme || origin.length > 326) return false;
  const [host, port] = splitPort(rest);
  const [originHost, originPort] = splitPort(originRest);
  const samePort = port === '*' ? isPort(originPort, scheme) : port === originPort;
  if (!samePort) return false;
  if (!host.startsWith('*.')) return host === originHost;
  const labels = originHost.split('.');
  const suffix = host.slice(2).split('.');
  const front = labels.slice(0, -suffix.length);
  if (front.length === 0 || !front.every((label) => /^[a-z0-9_-]+$/.test(label))) return false;
  return labels.slice(-suffix.length).join('.') === suffix.join('.');
}

function split(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}

function splitPort(authority: string): [string, string] {
  const [host, ...rest] = authority.split(':');
  return [host ?? '', rest.join(':')];
}

function isPort(port: string, scheme: string): boolean {
  if (port === '') return true;
  return (
    /^[1-9]\d{0,4}$/.test(port) &&
    Number(port) <= 65535 &&
    port !== { http: '80', https: '443' }[scheme]
  );
}

const scheme = fc.constantFrom('http', 'https', 'capacitor');
const label = fc.constantFrom(
  'a',
  'b',
  'ab',
  'app',
  'evil',
  'x-1',
  '_x',
  'example',
  'test',
  'cat',
  'kin',
  'pin',
);
const host = fc.array(label, { minLength: 2, maxLength: 4 }).map((labels) => labels.join('.'));
const port = fc.constantFrom('', ':1', ':8080', ':8081', ':65535');
const exact = fc.tuple(scheme, host, port).map(([s, h, p]) => `${s}://${h}${p}`);
const wildcard = fc
  .tuple(scheme, fc.constantFrom('', '*.'), host, fc.oneof(port, fc.constant(':*')))
  .map(([s, w, h, p]) => `${s}://${w}${h}${p}`);
const policies = fc.array(fc.oneof(exact, wildcard), { minLength: 1, maxLength: 8 });

/** Small damage to a string: what attackers do to an allowed origin. */
function mutate(origin: string): fc.Arbitrary<string> {
  const character = fc.constantFrom(
    '.',
    ',',
    '/',
    ':',
    '@',
    '#',
    '`',
    'x',
    'X',
    '-',
    '_',
    ' ',
    '*',
    '\t',
    '\u00e4',
    '%',
    '\\',
    '0',
  );
  const at = fc.nat(origin.length);
  return fc.oneof(
    fc.tuple(at, character).map(([index, c]) => origin.slice(0, index) + c + origin.slice(index)),
    fc
      .tuple(at, character)
      .map(([index, c]) => origin.slice(0, index) + c + origin.slice(index + 1)),
    at.map((index) => origin.slice(0, index) + origin.slice(index + 1)),
    fc.constantFrom(
      `${origin}.evil.test`,
      `evil${origin}`,
      `${origin}:443`,
      `${origin}:80`,
      `${origin}:0`,
      `${origin}/`,
      origin.toUpperCase(),
      origin.replace('://', '://evil.'),
      origin.replace('://', '://evil'),
      origin.replace('.', 'x'),
      origin.replace('https', 'http'),
      `${origin}, ${origin}`,
      'null',
      '',
    ),
  );
}

function patternsOf(sources: readonly string[]): OriginPattern[] {
  return sources.map((source) => {
    const { pattern } = parseOriginPattern(source);
    if (pattern === undefined) throw new Error(`${source} is no pattern`);
    return pattern;
  });
}

function allowedBy(sources: readonly string[]): (origin: string) => boolean {
  return compileOriginMatcher({ patterns: patternsOf(sources), regexps: [], predicates: [] })
    .allows;
}

/** An origin that a pattern stands for. */
function member(pattern: string): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.array(label, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('', ':1', ':8443', ':65535'),
    )
    .map(([labels, anyPort]) =>
      pattern.replace('*.', `${labels.join('.')}.`).replace(/:\*$/, anyPort),
    );
}

describe('origin matching', () => {
  it('is sound, it allows nothing that the reference does not', () => {
    const cases = policies.chain((sources) =>
      fc.tuple(
        fc.constant(sources),
        fc.oneof(
          exact,
          fc
            .constantFrom(...sources)
            .chain(member)
            .chain(mutate),
          fc.constantFrom(...sources).map((pattern) => pattern.replace('*.', '.')),
          fc.string(),
        ),
      ),
    );
    fc.assert(
      fc.property(cases, ([sources, origin]) => {
        const unsound =
          allowedBy(sources)(origin) && !sources.some((pattern) => reference(pattern, origin));
        expect({ sources, origin, unsound }).toMatchObject({ unsound: false });
        expect(allowedBy(sources)('null')).toBe(false);
      }),
      { numRuns: 5000 },
    );
  });

  it('is complete, it allows every exact origin and every member, in any order', () => {
    const cases = policies.chain((sources) =>
      fc.tuple(
        fc.shuffledSubarray(sources, { minLength: sources.length }),
        fc.constantFrom(...sources).chain(member),
      ),
    );
    fc.assert(
      fc.property(cases, ([sources, origin]) => {
        expect({ sources, origin, allowed: allowedBy(sources)(origin) }).toMatchObject({
          allowed: true,
        });
      }),
      { numRuns: 5000 },
    );
  });

  it('agrees with the reference on random origins', () => {
    fc.assert(
      fc.property(policies, exact, (sources, origin) => {
        expect(allowedBy(sources)(origin)).toBe(
          sources.some((pattern) => reference(pattern, origin)),
        );
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    [
      ['https://foo.com', 'https://bar.com'],
      ['https://barfoo.com', 'https://foobar.com'],
    ],
    [
      ['https://cat', 'https://concat', 'https://kin', 'https://pin'],
      ['https://pkin', 'https://kpin', 'https://akin', 'https://ca'],
    ],
    [
      ['https://*.a.com'],
      [
        'https://evila.com',
        'https://a.com',
        'https://a.com.example.net',
        'https://a.com-example.net',
      ],
    ],
    [
      ['capacitor://*.a.com', 'capacitor://*.a.com:*'],
      ['capacitor://.a.com', 'capacitor://.a.com:1'],
    ],
  ])('advisories: %j denies %j', (sources, denied) => {
    const allows = allowedBy(sources);
    expect(denied.filter(allows)).toEqual([]);
  });
});
