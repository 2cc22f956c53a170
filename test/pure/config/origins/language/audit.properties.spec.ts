import { AST, RegExpParser } from '@eslint-community/regexpp';
import * as fc from 'fast-check';
import {
  auditOriginRegExp,
  type RegExpAudit,
} from '../../../../../lib/config/origins/language/audit.js';
import { MAX_COST } from '../../../../../lib/config/origins/language/cost.js';
import {
  parseRegExp,
  UnsupportedRegExp,
  type ParsedRegExp,
  type RegExpNode,
} from '../../../../../lib/config/origins/language/parser.js';
import type { OriginPattern } from '../../../../../lib/protocol/origin/pattern.js';

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

type Accepted = Extract<RegExpAudit, { ok: true }>;

const acceptedRegExp = editedRegExp
  .map((regexp) => ({ regexp, audit: auditOriginRegExp(regexp) }))
  .filter((subject): subject is { regexp: RegExp; audit: Accepted } => subject.audit.ok);

/** fast-check 4.10 knows no flags, no empty class, and no legacy ranges such as `[\d-z]`. */
function isGeneratable(regexp: RegExp): boolean {
  try {
    fc.stringMatching(regexp);
    return regexp.flags === '';
  } catch {
    return false;
  }
}

function lowerCase(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Written apart from the library: whether an origin is what one of the patterns says. */
function isWithin(patterns: readonly OriginPattern[], origin: string): boolean {
  const [, scheme, host = '', port = ''] =
    /^([a-z][a-z0-9+.-]*):\/\/([a-z0-9_.-]+|\[[0-9a-f:]+\])(?::(\d+))?$/.exec(origin) ?? [];
  return patterns.some(
    (pattern) =>
      pattern.scheme === scheme &&
      (pattern.subdomains ? host.endsWith(`.${pattern.host}`) : host === pattern.host) &&
      (pattern.port === '*' || pattern.port === port),
  );
}

const HOSTILE: readonly string[] = [
  ...'evil.test .evil.test evil https://evil.test / @ # ? \\ : :1 . .. _ + , ` %00 * -'.split(' '),
  ...' ,\n,\r\n,\t,\u0000,\u2028,\u017f,\u212a'.split(','),
];

const hostileText = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ minLength: 1, maxLength: 4 }),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 2 }),
);

/** A sample with hostile text put in, or in place of a part, anywhere. */
function attackOn(sample: string): fc.Arbitrary<string> {
  return fc
    .array(fc.tuple(fc.nat(sample.length), fc.nat(4), hostileText), { minLength: 1, maxLength: 3 })
    .map((edits) =>
      edits.reduce(
        (text, [at, removed, inserted]) => text.slice(0, at) + inserted + text.slice(at + removed),
        sample,
      ),
    );
}

/** As long as an origin may be, and on the verge of matching. */
function longInput(sample: string): fc.Arbitrary<string> {
  const run = fc.constantFrom('a', '9', '-', 'a-', 'a.', 'example.com.', '.', 'ex');
  return fc
    .tuple(fc.nat(sample.length), run, fc.constantFrom('!', 'm', '9'))
    .map(([start, text, last]) => (sample.slice(0, start) + text.repeat(326)).slice(0, 325) + last);
}

describe('auditOriginRegExp, for any expression', () => {
  it('accepts only what stays within its patterns under attack', () => {
    const attacked = acceptedRegExp.chain((subject) =>
      fc.record({
        subject: fc.constant(subject),
        attacks: fc.array(fc.constantFrom(...subject.audit.samples).chain(attackOn), {
          minLength: 20,
          maxLength: 60,
        }),
      }),
    );
    const property = fc.property(attacked, ({ subject: { regexp, audit }, attacks }) => {
      const passed = attacks.filter((attack) => regexp.test(attack));
      const lower = passed.map((attack) => (regexp.ignoreCase ? lowerCase(attack) : attack));
      expect(lower.filter((origin) => !isWithin(audit.covers, origin))).toEqual([]);
    });
    fc.assert(property, { numRuns: 500 });
  });

  it('accepts only languages whose members are all within its patterns', () => {
    const described = acceptedRegExp
      .filter(({ regexp }) => isGeneratable(regexp))
      .chain((subject) =>
        fc.record({
          subject: fc.constant(subject),
          members: fc.array(fc.stringMatching(subject.regexp)),
        }),
      );
    const property = fc.property(described, ({ subject: { audit }, members }) => {
      expect(members.filter((member) => !isWithin(audit.covers, member))).toEqual([]);
    });
    fc.assert(property, { numRuns: 300 });
  });

  it('accepts samples that the expression accepts', () => {
    const property = fc.property(anyRegExp, (regexp) => {
      const audit = auditOriginRegExp(regexp);
      if (!audit.ok) return;
      expect(audit.samples).not.toHaveLength(0);
      expect(audit.samples.filter((sample) => !regexp.test(sample))).toEqual([]);
    });
    fc.assert(property, { numRuns: 1000 });
  });

  it('refuses with counter-examples that the expression accepts', () => {
    const property = fc.property(anyRegExp, (regexp) => {
      const audit = auditOriginRegExp(regexp);
      if (audit.ok) return;
      expect(audit.problems).not.toHaveLength(0);
      const stateless = new RegExp(regexp.source, regexp.flags.replace(/[gy]/g, ''));
      for (const { code, counterExample } of audit.problems) {
        if (counterExample === undefined || counterExample.endsWith('!')) continue;
        expect({ code, counterExample, accepted: stateless.test(counterExample) }).toMatchObject({
          accepted: true,
        });
      }
    });
    fc.assert(property, { numRuns: 1500 });
  });

  it('accepts only expressions whose matching takes no more steps than computed', () => {
    const long = acceptedRegExp.chain(({ regexp, audit }) =>
      fc.record({
        regexp: fc.constant(regexp),
        input: fc.constantFrom(...audit.samples).chain(longInput),
      }),
    );
    const property = fc.property(long, ({ regexp, input }) => {
      expect(stepsOf(regexp, input)).toBeLessThan(2 * MAX_COST);
    });
    fc.assert(property, { numRuns: 400 });
  });
});

describe('parseRegExp', () => {
  it('reads every expression as regexpp does, or refuses it', () => {
    let read = 0;
    const property = fc.property(anyRegExp, (regexp) => {
      const parsed = parsedOrRefused(regexp);
      if (parsed === undefined || parsed.unprovable.length > 0) return;
      read += 1;
      const own = outlineOf({ kind: 'group', alternatives: parsed.alternatives });
      expect(own).toBe(`(${regexppOutline(patternOf(regexp))})`);
    });
    fc.assert(property, { numRuns: 3000 });
    expect(read).toBeGreaterThan(500);
  });
});

function parsedOrRefused(regexp: RegExp): ParsedRegExp | undefined {
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

/** How often a backtracking engine tries a character, an anchor or another round. */
function stepsOf(regexp: RegExp, input: string): number {
  let steps = 0;
  const tests = new Map<string, RegExp>();
  type Next = (at: number) => boolean;

  function branch({ alternatives }: Branch, at: number, next: Next): boolean {
    return alternatives.some(({ elements }) => sequence(elements, 0, at, next));
  }
  function sequence(
    elements: readonly AST.Element[],
    index: number,
    at: number,
    next: Next,
  ): boolean {
    const element = elements[index];
    if (element === undefined) return next(at);
    return one(element, at, (end) => sequence(elements, index + 1, end, next));
  }
  function one(element: AST.Element, at: number, next: Next): boolean {
    steps += 1;
    switch (element.type) {
      case 'Assertion':
        return (element.kind === 'start' ? at === 0 : at === input.length) && next(at);
      case 'Group':
      case 'CapturingGroup':
        return branch(element, at, next);
      case 'Quantifier':
        return repeat(element, 0, at, next);
      default: {
        const test = tests.get(element.raw) ?? new RegExp(`^${element.raw}$`, regexp.flags);
        tests.set(element.raw, test);
        return at < input.length && test.test(input.charAt(at)) && next(at + 1);
      }
    }
  }
  function repeat(quantifier: AST.Quantifier, count: number, at: number, next: Next): boolean {
    const more = (): boolean =>
      count < quantifier.max &&
      one(
        quantifier.element,
        at,
        (end) => (end > at || count < quantifier.min) && repeat(quantifier, count + 1, end, next),
      );
    const done = (): boolean => count >= quantifier.min && next(at);
    return quantifier.greedy ? more() || done() : done() || more();
  }
  branch(patternOf(regexp), 0, () => true);
  return steps;
}
