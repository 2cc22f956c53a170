import { CorsModule } from 'nestjs-cors';
import { findBeyond } from '../../../../lib/config/origins/language/inclusion.js';
import { fc } from '../../../support/fast-check.js';
import { SEED } from '../../../support/seed.js';
import { meantOf } from './support/meaning.js';

const numRuns = Number(process.env['CORS_RUNS'] ?? 300);

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

const SOURCES = [
  '^https:\\/\\/app\\.example\\.com$', '^https:\\/\\/(?:[a-z0-9-]+\\.)?example\\.com$', '^https:\\/\\/[a-z0-9-]+\\.example\\.com$',
  '^https?:\\/\\/localhost:\\d{4}$', '^https:\\/\\/(?:app|admin)\\.example\\.com$', '^https:\\/\\/app\\.example\\.com(?::\\d{1,5})?$',
  '^http:\\/\\/\\[::1\\]:\\d+$', '^http:\\/\\/app\\.example\\.com$',
]; // prettier-ignore
const FRAGMENTS = [
  '.', '\\.', '.*', '.+', '\\w+', '[a-z]+', '[^.]+', '^', '$', '|', '(', ')', '?', 's?', '/', ':8080', '(:\\d+)?', '\\/', 'i',
]; // prettier-ignore

/** A sound expression, some random edits later. */
const mutatedRegExp = fc
  .tuple(
    fc.constantFrom(...SOURCES),
    fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.constantFrom('', ...FRAGMENTS)), { maxLength: 3 }),
    fc.constantFrom('', '', 'i', 'g', 'm', 'u'),
  )
  .map(([source, edits, flags]) => {
    const edited = edits.reduce((text, [index, cut, inserted]) => {
      const start = index % (text.length + 1);
      return text.slice(0, start) + inserted + text.slice(start + cut);
    }, source);
    try {
      return new RegExp(edited, flags);
    } catch {
      return undefined;
    }
  })
  .filter((regexp) => regexp !== undefined);

const element = fc.oneof(mutated, mutatedRegExp);
type Element = string | RegExp;
const value: fc.Arbitrary<Element | Element[]> = fc.oneof(
  element,
  fc.array(element, { minLength: 1, maxLength: 4 }),
);

type CorsIssue = ReturnType<typeof CorsModule.validate>['errors'][number];

const PLACE = 'policies.own.origin';

/** Issues that are reported at an `origin` option, and those that keep the application from starting. */
function issuesOf(
  origin: Element | readonly Element[],
  credentials: boolean,
): { readonly errors: readonly CorsIssue[]; readonly all: readonly CorsIssue[] } {
  const policies = { own: { origin: origin as Element, credentials } };
  const { errors, warnings } = CorsModule.validate({ policies });
  return { errors, all: [...errors, ...warnings] };
}

/** The proposal of a message, read as TypeScript. */
function proposalIn({ message }: CorsIssue): Element | Element[] | undefined {
  const [, text = ''] = /; write (\[.*\]|'.*'|\/.*\/[a-z]*)$/s.exec(message) ?? [];
  if (text.startsWith('/')) {
    const end = text.lastIndexOf('/');
    return new RegExp(text.slice(1, end), text.slice(end + 1));
  }
  const strings = [...text.matchAll(/'((?:[^'\\]|\\.)*)'/g)].map(([, one = '']) => one);
  return text.startsWith('[') ? strings : strings[0];
}

/** The option with what was proposed at one of its elements, or for all of it, and the places of that. */
function applied(
  origin: Element | readonly Element[],
  where: string,
  proposal: Element | readonly Element[],
): { readonly value: Element | readonly Element[]; readonly places: readonly string[] } {
  const index = /\[(\d+)\]$/.exec(where)?.[1];
  if (index === undefined || !Array.isArray(origin)) {
    const many = Array.isArray(proposal) ? proposal.map((_, at) => `${PLACE}[${at}]`) : [];
    return { value: proposal, places: [PLACE, ...many] };
  }
  const inserted = [proposal].flat();
  const start = Number(index);
  const places = inserted.map((_, offset) => `${PLACE}[${start + offset}]`);
  return {
    value: [...origin.slice(0, start), ...inserted, ...origin.slice(start + 1)] as Element[],
    places,
  };
}

/** The element that an issue is about. */
function elementAt(origin: Element | readonly Element[], where: string): Element {
  const index = Number(/\[(\d+)\]$/.exec(where)?.[1] ?? 0);
  return [origin].flat()[index] as Element;
}

describe('advice about origins', () => {
  it(`passes validation where it stands, and allows nothing that was not meant (CORS_SEED=${SEED})`, () => {
    let seen = 0;
    const property = fc.property(value, fc.boolean(), (origin, credentials) => {
      for (const issue of issuesOf(origin, credentials).all) {
        const proposal = proposalIn(issue);
        if (proposal === undefined) continue;
        seen += 1;
        const { value: changed, places } = applied(origin, issue.where, proposal);
        const left = issuesOf(changed, credentials).errors.filter(({ where }) =>
          places.includes(where),
        );
        expect({ origin, issue, left }).toEqual({ origin, issue, left: [] });
        const meant = meantOf(elementAt(origin, issue.where), [proposal].flat());
        expect({ origin, issue, beyond: findBeyond(proposal, meant) }).toEqual({
          origin,
          issue,
          beyond: { included: true },
        });
      }
    });
    fc.assert(property, { numRuns });
    expect(seen).toBeGreaterThan(numRuns / 10);
  });

  it.each([
    ['localhost:5173', 'http://localhost:5173'],
    ['https://*.Example.com/x', 'https://*.example.com'],
    ['*.example.com', 'https://*.example.com'],
    ['https://a.example.com,https://b.test', ['https://a.example.com', 'https://b.test']],
  ])('%s: %j', (text, proposal) => {
    expect(issuesOf(text, false).all.map(proposalIn)).toEqual([proposal]);
  });

  it.each([
    'localhost', 'https:/a.test', 'https//a.test', 'https:https//a.test', 'http://https://a.test', 'https://a.test:',
    'https://u@a.test', 'https://\uff41.test', 'http://010.0.0.1', 'undefined', '192.168.1.5:3000', 'https://a*.test',
  ])('%s: nothing is proposed', (text) => {
    expect(issuesOf(text, false).all.map(proposalIn)).toEqual([undefined]);
  }); // prettier-ignore
});
