import { AST, RegExpParser } from '@eslint-community/regexpp';
import { auditOriginRegExp } from '../../../../../lib/config/origins/language/audit.js';
import {
  parseRegExp,
  UnsupportedRegExp,
  type RegExpGroup,
  type RegExpNode,
} from '../../../../../lib/config/origins/language/parser.js';
import {
  findBeyond,
  type Inclusion,
  type OriginLanguage,
} from '../../../../../lib/config/origins/language/inclusion.js';
import { parseOriginPattern } from '../../../../../lib/config/origins/origin-pattern.js';
import { parseOrigin } from '../../../../../lib/protocol/origin/grammar.js';
import { compileOriginMatcher } from '../../../../../lib/protocol/origin/matcher.js';
import { fc } from '../../../../support/fast-check.js';

const GOOD: readonly RegExp[] = [
  /^https:\/\/app\.example\.com$/,
  /^https:\/\/(?:[a-z0-9-]+\.)?example\.com$/,
  /^https:\/\/[a-z0-9-]+\.example\.com$/,
  /^https?:\/\/localhost:\d{4}$/,
  /^https:\/\/(?:app|admin)\.example\.com$/,
  /^https:\/\/pr-\d+\.preview\.example\.com$/,
  /^(?:https:\/\/a\.example|https:\/\/b\.example)$/,
  /^https:\/\/app\.example\.com(?::\d{1,5})?$/,
  /^https:\/\/[a-z0-9-]+-[a-z0-9-]+\.example\.com$/,
  /^http:\/\/\[::1\]:\d+$/,
  /^https:\/\/(?:[a-z]{1,3}-?){1,2}\.(?:eu|us)\.example\.com$/,
];

const FRAGMENTS: readonly string[] = [
  '. \\. \\/ \\d \\w [a-z] [a-z0-9-] [^.] [^\\W_] [.] [a-z.] [a-z/] [a-z:@] [a-z_] a s 9 - : @ example com https:\\/\\/ \\.example\\.com',
  '^ $ | (?: ( ) (?= (?! \\1 \\b',
  '? * + {2} {1,3} {0,} ?? +?',
].flatMap((fragments) => fragments.split(' '));

function compile(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}

const flags = fc.constantFrom('', '', '', 'i', 'u', 'v', 'iu', 'm', 'g', 's');

/** A sound expression, one to three random edits later. */
const editedRegExp = fc
  .tuple(
    fc.constantFrom(...GOOD),
    fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.constantFrom(...FRAGMENTS, '')), {
      minLength: 0,
      maxLength: 3,
    }),
    flags,
  )
  .map(([{ source }, edits, flag]) => {
    const edited = edits.reduce((text, [at, removed, inserted]) => {
      const index = at % (text.length + 1);
      return text.slice(0, index) + inserted + text.slice(index + removed);
    }, source);
    return compile(edited, flag);
  })
  .filter((regexp) => regexp !== undefined);

/** Fragments in any order. */
const randomRegExp = fc
  .tuple(fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 12 }), flags)
  .map(([fragments, flag]) => compile(fragments.join(''), flag))
  .filter((regexp) => regexp !== undefined);

const anyRegExp = fc.oneof(
  { weight: 3, arbitrary: editedRegExp },
  { weight: 1, arbitrary: randomRegExp },
);

/** Short texts around the expression: origins, and what is nearly one. */
const shortText = fc
  .array(
    fc.constantFrom(
      ...'https:// http:// a b example app .example .com .test com . - _ : :1 :80 :443 :3000 [::1] A / \n'.split(
        ' ',
      ),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));

const stateless = (regexp: RegExp): RegExp =>
  new RegExp(regexp.source, regexp.flags.replace(/[gy]/g, ''));

const PATTERNS =
  'https://a.com https://*.a.com https://a.com:* https://*.a.com:1 http://a.com https://b.com https://*.b.a.com'.split(
    ' ',
  );
const REGEXPS = [
  /^https:\/\/[ab]\.com$/, /^https:\/\/(?:b\.)*a\.com$/, /^https?:\/\/a\.com(?::1)?$/, /^https:\/\/.*a\.com$/, /a\.com$/,
  /^https:\/\/(?:[ab]\.)?a.com$/, /^https:\/\/b+\.a\.com(:[12]+)?$/,
]; // prettier-ignore
const language = fc.array(fc.constantFrom<string | RegExp>(...PATTERNS, ...REGEXPS), { minLength: 1, maxLength: 3 }); // prettier-ignore

/** Every origin of few labels: what a witness, if there is one, is among. */
const SHORT_ORIGINS = ['https', 'http'].flatMap((scheme) =>
  ['', ...'ab'.split(''), 'aa', 'ba', 'b.', 'a.', 'b.b.', 'a.b.', '-.', 'a.c.', 'bb.'].flatMap((front) =>
    ['a.com', 'b.com', 'aacom', 'abcom', 'a'].flatMap((name) =>
      ['', ':1', ':2', ':12', ':3'].map((port) => `${scheme}://${front}${name}${port}`),
    ),
  ),
); // prettier-ignore

function allows(origins: readonly (string | RegExp)[]): (origin: string) => boolean {
  const patterns = origins.flatMap((one) =>
    typeof one === 'string' ? (parseOriginPattern(one).pattern ?? []) : [],
  );
  const regexps = origins.flatMap((one) =>
    one instanceof RegExp ? [(text: string) => one.test(text)] : [],
  );
  return compileOriginMatcher({ patterns, regexps, predicates: [] }).allows;
}

describe('findBeyond', () => {
  it('agrees with brute force over short origins', () => {
    const property = fc.property(language, language, (a, b) => {
      const [inA, inB] = [allows(a), allows(b)];
      const found = findBeyond(a, b);
      const beyond = SHORT_ORIGINS.filter((origin) => inA(origin) && !inB(origin));
      expect('included' in found ? beyond : []).toEqual([]);
      if (!('witness' in found)) return;
      expect([inA(found.witness), inB(found.witness)]).toEqual([true, false]);
      const alike = beyond.filter((origin) => origin.split(':')[0] === found.witness.split(':')[0]);
      expect(alike.filter(({ length }) => length < found.witness.length)).toEqual([]);
    });
    fc.assert(property, { numRuns: Number(process.env['LANGUAGE_RUNS'] ?? 300) });
  });

  it.each<[OriginLanguage, OriginLanguage, Inclusion]>([
    ['https://a.com', '*', { included: true }],
    ['*', ['https://a.com'], { witness: 'https://a' }],
    [['https://a.com', 'https://x.b.com'], 'https://*.b.com', { witness: 'https://a.com' }],
    [/^https:\/\/[a-z]\.b\.com$/, ['https://*.b.com', () => true], { included: true }],
    ['https://a.com', () => true, { unknown: 'predicate' }],
    [() => true, false, { unknown: 'predicate' }],
    [false, false, { included: true }],
    ['https://a.com:*', 'https://a.com', { witness: 'https://a.com:1' }],
    ['capacitor://localhost', 'https://a.com', { witness: 'capacitor://localhost' }],
    [/(?=a)/, 'https://a.com', { unknown: 'unsupported' }],
    [/[ab]*a[ab]{14}c$/, /^[ab]*b[ab]{14}c$/, { unknown: 'too-complex' }],
  ])('%#', (a, b, expected) => {
    expect(findBeyond(a, b)).toEqual(expected);
  });

  it('throws for a string that is no pattern', () => {
    expect(() => findBeyond('a.com', false)).toThrow('has no scheme');
  });
});

describe('auditOriginRegExp, for any expression', () => {
  it('accepts only what matches as the expression does, and stays within its patterns', () => {
    let accepted = 0;
    const property = fc.property(anyRegExp, fc.array(shortText), (regexp, texts) => {
      const audit = auditOriginRegExp(regexp);
      if (!audit.ok) return;
      accepted += 1;
      const covered = compileOriginMatcher({ patterns: audit.covers, regexps: [], predicates: [] });
      const origins = texts.filter((text) => parseOrigin(text) !== undefined);
      const own = origins.filter((origin) => audit.test(origin));
      expect(own).toEqual(origins.filter((origin) => regexp.test(origin)));
      expect(own.filter((origin) => !covered.allows(origin))).toEqual([]);
    });
    fc.assert(property, { numRuns: Number(process.env['LANGUAGE_RUNS'] ?? 250) });
    expect(accepted).toBeGreaterThan(10);
  });

  it('refuses with a witness that the expression accepts', () => {
    const property = fc.property(anyRegExp, (regexp) => {
      const audit = auditOriginRegExp(regexp);
      if (audit.ok) return;
      for (const { code, witness, proposal } of audit.problems) {
        if (witness === undefined) continue;
        expect({ code, witness, accepted: stateless(regexp).test(witness) }).toMatchObject({
          accepted: true,
        });
        const proposed =
          proposal === undefined || proposal.startsWith('/')
            ? []
            : [proposal.match(/[^'[\], ]+/g) ?? []].flat();
        const named =
          code === 'reflects-every-origin' ||
          /second domain/.test(audit.problems[0]?.message ?? '');
        expect(!named && allows(proposed)(witness)).toBe(false);
      }
    });
    fc.assert(property, { numRuns: Number(process.env['LANGUAGE_RUNS'] ?? 250) });
  });
});

describe('parseRegExp', () => {
  it('reads every expression as regexpp does, or refuses it', () => {
    let read = 0;
    const property = fc.property(anyRegExp, (regexp) => {
      const parsed = parsedOrRefused(regexp);
      if (parsed === undefined) return;
      read += 1;
      const own = outlineOf(parsed);
      expect(own).toBe(`(${regexppOutline(patternOf(regexp))})`);
    });
    fc.assert(property, { numRuns: 2000 });
    expect(read).toBeGreaterThan(300);
  });
});

function parsedOrRefused(regexp: RegExp): RegExpGroup | undefined {
  try {
    return parseRegExp(regexp);
  } catch (error) {
    if (error instanceof UnsupportedRegExp) return undefined;
    throw error;
  }
}

function patternOf({
  source,
  unicode,
  unicodeSets,
}: RegExp & { unicodeSets?: boolean }): AST.Pattern {
  const mode = { unicode, unicodeSets: unicodeSets === true };
  return new RegExpParser({ ecmaVersion: 2024 }).parsePattern(source, 0, source.length, mode);
}

function outlineOf(node: RegExpNode): string {
  switch (node.kind) {
    case 'atom':
      return node.source;
    case 'group':
      return `(${node.alternatives.map((nodes) => nodes.map(outlineOf).join(' ')).join('|')})`;
    case 'repeat':
      return `${outlineOf(node.node)}{${node.min},${node.max}}`;
    default:
      return node.kind;
  }
}

type Branch = { readonly alternatives: readonly AST.Alternative[] };

function regexppOutline({ alternatives }: Branch): string {
  return alternatives.map(({ elements }) => elements.map(elementOutline).join(' ')).join('|');
}

function elementOutline(element: AST.Element): string {
  switch (element.type) {
    case 'Assertion':
      return element.kind === 'start' || element.kind === 'end' ? element.kind : 'assertion';
    case 'Group':
    case 'CapturingGroup':
      return `(${regexppOutline(element)})`;
    case 'Quantifier':
      return `${elementOutline(element.element)}{${element.min},${element.max}}`;
    default:
      return element.raw;
  }
}
