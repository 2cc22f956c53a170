/** A sequence of nodes between two `|`. */
export type RegExpAlternative = readonly RegExpNode[];

export interface RegExpGroup {
  readonly kind: 'group';
  readonly alternatives: readonly RegExpAlternative[];
}

export type RegExpNode =
  /** One character: `a`, `\.`, `\d`, `[a-z]`, `.`. The engine is asked what it matches. */
  | { readonly kind: 'atom'; readonly source: string }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' }
  | RegExpGroup
  | {
      readonly kind: 'repeat';
      readonly node: RegExpNode;
      readonly min: number;
      readonly max: number;
    };

/** Thrown, and caught by the audit, when an expression leaves the grammar that is read here. */
export class UnsupportedRegExp extends Error {}

/** Beyond these an expression is no list of origins, and reading it could exhaust the stack. */
const MAX_SOURCE = 10_000;
const MAX_DEPTH = 100;
const CONTROL_OR_CLASS_ESCAPE = /^[dDwWsStnrfv]$/;
const PUNCTUATION = /^[^A-Za-z0-9]$/;
const QUANTIFIER = /^(?:([*+?])|\{(\d+)(,(\d*))?\})\??/;
const GROUP_OPENING = /^\((\?(?:[=!:]|<[=!]|<[A-Za-z_$][\w$]*>)?)?/;

/**
 * Own parser instead of `@eslint-community/regexpp` (484 kB, 10 ms and 0.5 MB of heap for everyone who imports us): it only
 * splits into atoms, groups and quantifiers, refuses everything else, and is tested against regexpp.
 *
 * @throws UnsupportedRegExp
 */
export function parseRegExp(regexp: RegExp): RegExpGroup {
  if (/[^\x20-\x7e]/.test(regexp.source)) throw new UnsupportedRegExp('a non-ASCII character');
  if (regexp.source.length > MAX_SOURCE)
    throw new UnsupportedRegExp(`more than ${MAX_SOURCE} characters`);
  return new Parser(regexp.source, regexp.flags.includes('v')).parse();
}

class Parser {
  private position = 0;
  private depth = 0;

  constructor(
    private readonly source: string,
    private readonly nestedClasses: boolean,
  ) {}

  parse(): RegExpGroup {
    const alternatives = this.alternatives();
    if (this.position < this.source.length) throw new UnsupportedRegExp("')'");
    return { kind: 'group', alternatives };
  }

  private alternatives(): RegExpAlternative[] {
    const alternatives: RegExpNode[][] = [[]];
    for (let next = this.peek(); next !== '' && next !== ')'; next = this.peek()) {
      if (next === '|') {
        this.position += 1;
        alternatives.push([]);
      } else {
        alternatives.at(-1)?.push(this.quantified(this.term()));
      }
    }
    return alternatives;
  }

  private term(): RegExpNode {
    const next = this.peek();
    if (next === '(') return this.group();
    if (next === '[') return this.characterClass();
    if (next === '\\') return this.escape();
    if ('*+?{'.includes(next)) throw new UnsupportedRegExp(`an unescaped '${next}'`);
    this.position += 1;
    if (next === '^') return { kind: 'start' };
    if (next === '$') return { kind: 'end' };
    return { kind: 'atom', source: next };
  }

  private quantified(node: RegExpNode): RegExpNode {
    const match = QUANTIFIER.exec(this.rest());
    if (match === null) return node;
    this.position += match[0].length;
    const [, symbol, least, range, most] = match;
    const min = symbol === undefined ? Number(least) : symbol === '+' ? 1 : 0;
    const open = symbol === undefined ? range !== undefined && most === '' : symbol !== '?';
    const bound = symbol === '?' ? 1 : Number(most ?? least);
    return { kind: 'repeat', node, min, max: open ? Infinity : bound };
  }

  private group(): RegExpNode {
    const [text = '', opening = ''] = GROUP_OPENING.exec(this.rest()) ?? [];
    if (opening === '?') throw new UnsupportedRegExp("a group that starts with '(?'");
    if (/^\?<?[=!]/.test(opening)) throw new UnsupportedRegExp(`'(${opening}', which looks around`);
    this.position += text.length;
    if (++this.depth > MAX_DEPTH) throw new UnsupportedRegExp(`groups ${MAX_DEPTH} deep`);
    const group: RegExpNode = { kind: 'group', alternatives: this.alternatives() };
    this.depth -= 1;
    if (this.peek() !== ')') throw new UnsupportedRegExp("'('");
    this.position += 1;
    return group;
  }

  private escape(): RegExpNode {
    const source = this.rest().slice(0, 2);
    if (/^\\[1-9k]$/.test(source)) throw new UnsupportedRegExp(`'${source}', which refers back`);
    this.position += 2;
    assertReadableEscape(source);
    return { kind: 'atom', source };
  }

  private characterClass(): RegExpNode {
    const start = this.position;
    let depth = 0;
    do {
      const next = this.peek();
      if (next === '') throw new UnsupportedRegExp("'['");
      if (next === '\\') assertReadableEscape(this.source.slice(this.position, this.position + 2));
      if (next === '[' && (depth === 0 || this.nestedClasses)) depth += 1;
      if (next === ']') depth -= 1;
      this.position += next === '\\' ? 2 : 1;
    } while (depth > 0);
    return { kind: 'atom', source: this.source.slice(start, this.position) };
  }

  private rest(): string {
    return this.source.slice(this.position);
  }

  private peek(): string {
    return this.source.charAt(this.position);
  }
}

/** Escapes that can name a character outside ASCII, or whose meaning depends on flags, are not read. */
function assertReadableEscape(escape: string): void {
  const letter = escape.slice(1);
  if (CONTROL_OR_CLASS_ESCAPE.test(letter) || PUNCTUATION.test(letter)) return;
  throw new UnsupportedRegExp(`the escape '${escape}'`);
}
