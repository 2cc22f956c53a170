import { IssueCollector } from '../../../../lib/config/issues/issue-collector.js';
import { checkOrigins } from '../../../../lib/config/origins/check-origins.js';
import { isPlainOrigin } from '../../../../lib/config/origins/plain-origin.js';
import { OriginsReading } from '../../../../lib/config/origins/read-origins.js';
import { fc } from '../../../support/fast-check.js';

const label = fc.constantFrom('a', 'b-1', 'x_y', 'xn--p1ai', '1', '127', '0', 'www', 'app', '-');
const end = fc.constantFrom(
  'example.com', 'co.uk', 'com', 'localhost', 'local', 'internal', 'github.io', 'glitch.me',
  'jshell.net', 'fiddle.jshell.net', 'jsbin.com', 'nip.io', '0.1', 'com.', 'c1', '1c', 'EXAMPLE', 'a b',
); // prettier-ignore
const port = fc.constantFrom('', ':443', ':80', ':0', ':8443', ':65535', ':65536', ':*', ':', '/');
const scheme = fc.constantFrom('https://', 'http://', 'https:', 'HTTPS://', 'app://');

/** Near an origin, and often one. */
const text = fc
  .tuple(scheme, fc.array(label, { maxLength: 4 }), end, port)
  .map(([start, labels, last, rest]) => start + [...labels, last].join('.') + rest);

/** Everything that the checks say of an origin, in the most dangerous of surroundings. */
function saidOf(origin: string): readonly string[] {
  const issues = new IssueCollector();
  const reading = new OriginsReading('origin', issues, 0);
  for (const _ of reading.list([origin])); // nobody waits
  const surroundings = { production: true, publicSuffixOf: () => () => null };
  checkOrigins({ credentials: true }, { origins: reading.result() }, surroundings, issues);
  return [...issues.errors, ...issues.warnings].map(({ code }) => code);
}

describe('an origin that is called plain', () => {
  it('is one that no check finds anything wrong with', () => {
    fc.assert(
      fc.property(text, (origin) => {
        fc.pre(isPlainOrigin(origin));
        expect(saidOf(origin)).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['https://a.example.com', true],
    ['https://a.example.com:8443', true],
    ['https://example.com:443', false],
    ['https://glitch.me', false],
    ['https://app.localhost', false],
    ['https://1.2.3.4', false],
    ['https://intranet', false],
  ])('%s: %s', (origin, plain) => {
    expect(isPlainOrigin(origin)).toBe(plain);
  });
});
