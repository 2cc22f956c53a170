import { IssueCollector } from '../../../../lib/config/issues/issue-collector.js';
import { readOrigins } from '../../../../lib/config/origins/read-origins.js';
import { riskyOriginIssues } from '../../../../lib/config/origins/risk/risky-origins.js';
import { fc } from '../../../support/fast-check.js';
import { SEED as seed } from '../../../support/seed.js';

const numRuns = Number(process.env['CORS_RUNS'] ?? 400);

const BASES = [
  'https://app.example.com', 'https://*.example.com', 'https://example.com:*', 'https://a.example.com:8443',
  'http://localhost:5173', 'http://127.0.0.1:3000', 'http://[::1]:3000', 'http://*.localhost:8080', 'http://192.168.1.5:3000',
  'capacitor://localhost', 'app://.', 'https://xn--bcher-kva.example', 'http://app.example.com',
]; // prettier-ignore

const CHARS = [...' "\'`,;:/\\@.*?#%-_\t\u200b\u00fc\uff41AZaz09[]()'];
const ENDS = [
  '/',
  '/path',
  '?q=1',
  '#x',
  ':',
  ':80',
  ':443',
  ':abc',
  ':065',
  ' ',
  ',',
  '.',
  '@b.test',
  '*',
];

type Mutation = (text: string) => string;

const at = (part: number, text: string): number => Math.floor(part * (text.length + 1));
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc
    .tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.constantFrom('', ...CHARS), fc.nat(2))
    .map(([part, char, cut]): Mutation => (text) => {
      const index = at(part, text);
      return text.slice(0, index) + char + text.slice(index + cut);
    }),
  fc.constantFrom(...ENDS).map(
    (end): Mutation =>
      (text) =>
        text + end,
  ),
  fc.constantFrom<Mutation>(
    (text) => text.toUpperCase(),
    (text) => text.replace(/^[a-z]+:\/\//, ''),
    (text) => text.replace('://', ':/'),
    (text) => text.replace('://', '//'),
    (text) => `https://${text}`,
    (text) => `"${text}"`,
    (text) => `['${text}']`,
    (text) => `["${text}"]`,
    (text) => ` ${text}`,
    (text) => `${text},https://b.test`,
    (text) => `${text} , ${text}`,
  ),
);
const mutated = fc
  .tuple(fc.constantFrom(...BASES), fc.array(mutation, { maxLength: 3 }))
  .map(([base, mutations]) => mutations.reduce((text, mutate) => mutate(text), base));

/** What the messages about a text propose, each as the value of `origin`. */
function proposals(text: string, credentials: boolean): (string | string[])[] {
  const issues = new IssueCollector();
  const { patterns } = readOrigins(text, 'origin', issues);
  const messages = issues.errors.map(({ message }) => message);
  for (const pattern of patterns) {
    const risks = riskyOriginIssues(pattern, { credentials, production: false }, undefined);
    for (const { code, fix } of risks) {
      // Another origin by intent: the one that the browser would send instead.
      if (code !== 'insecure-origin-with-credentials' && code !== 'unusual-host')
        messages.push(fix ?? '');
    }
  }
  return messages.flatMap((message): (string | string[])[] => {
    const [, list, one] = /; write (?:\[(.*)\]|'(.*)')$/s.exec(message) ?? [];
    if (list !== undefined) return [list.split(', ').map((part) => part.slice(1, -1))];
    return one === undefined ? [] : [one];
  });
}

/** Every part of a proposal was written: no wildcard, host, port or scheme comes from elsewhere. */
function wasWritten(proposal: string, text: string): boolean {
  const written = text.toLowerCase();
  const [, scheme = '', host = '', port] =
    /^([^:]+):\/\/(\[.*\]|[^:]*)(?::(.+))?$/.exec(proposal) ?? [];
  const before = new RegExp(`(?:^|[/'"\`\\s,;])${escape(host)}(?=$|[:/?#'"\`\\s,;])`);
  const named = host.includes('xn--') || host.startsWith('[') || before.test(written);
  const loopback = /(?:^|\.)localhost$|^127\.|^\[::1\]$/.test(host);
  const schemes = written.includes('://')
    ? written.includes(`${scheme}://`)
    : scheme === (loopback ? 'http' : 'https');
  return (
    named &&
    schemes &&
    !/^https?$/.test(host) &&
    (port === undefined || written.includes(`:${port}`))
  );
}

function escape(text: string): string {
  return text.replace(/[.*[\]()$+?]/g, '\\$&');
}

describe('advice about origins', () => {
  it(`validates, and allows nothing that was not written (CORS_SEED=${seed})`, () => {
    let seen = 0;
    fc.assert(
      fc.property(mutated, fc.boolean(), (text, credentials) => {
        for (const proposal of proposals(text, credentials)) {
          seen += 1;
          const issues = new IssueCollector();
          readOrigins(proposal, 'origin', issues);
          expect([text, proposal, issues.errors]).toEqual([text, proposal, []]);
          for (const one of [proposal].flat()) {
            expect([text, one, wasWritten(one, text)]).toEqual([text, one, true]);
          }
        }
      }),
      { seed, numRuns },
    );
    expect(seen).toBeGreaterThan(numRuns / 10);
  });

  it.each([
    ['localhost:5173', 'http://localhost:5173'],
    ['https://*.Example.com/x', 'https://*.example.com'],
    ['*.example.com', 'https://*.example.com'],
    ['https://a.example.com,https://b.test', ['https://a.example.com', 'https://b.test']],
  ])('%s: %j', (text, proposal) => {
    expect(proposals(text, false)).toEqual([proposal]);
  });

  it.each([
    'localhost', 'https:/a.test', 'https//a.test', 'https:https//a.test', 'http://https://a.test', 'https://a.test:',
    'https://u@a.test', 'https://\uff41.test', 'http://010.0.0.1', 'undefined', '192.168.1.5:3000', 'https://a*.test',
  ])('%s: nothing is proposed', (text) => {
    expect(proposals(text, false)).toEqual([]);
  }); // prettier-ignore
});
