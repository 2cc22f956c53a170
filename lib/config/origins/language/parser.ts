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
  /** Consumes nothing and is not evaluated: a look-around, `\b`. */
  | { readonly kind: 'assertion' }
  | RegExpGroup
  | {
      readonly kind: 'repeat';
      readonly node: RegExpNode;
      readonly min: number;
      readonly max: number;
    };

export interface ParsedRegExp {
  readonly alternatives: readonly RegExpAlternative[];
  /** Constructs that were read, but that rule a proof out, in words. */
  readonly unprovable: readonly string[];
  /** How often `*`, `+` and `{n,}` occur, look-arounds included. */
  readonly unbounded: number;
}

/** Thrown, and caught by the audit, when an expression leaves the grammar that is read here. */
export class UnsupportedRegExp extends Error {}

/** Beyond these an expression is no list of origins, and reading it could exhaust the stack. */
const MAX_SOURCE = 10_000;
const MAX_DEPTH = 100;
const CONTROL_OR_CLASS_ESCAPE = /^[dDwWsStnrfv]$/;
const PUNCTUATION = /^[^A-Za-z0-9]$/;
const QUANTIFIER = /^(?:([*+?])|\{(\d+)(,(\d*))?\})\??/;
const GROUP_OPENING = /^\((\?(?:[=!:]|<[=!]|<([A-Za-z_$][\w$]*)>)?)?/;

/**
 * Own parser instead of `@eslint-community/regexpp` (484 kB, 10 ms and 0.5 MB of heap for everyone who imports us): it only
 * splits into atoms, groups and quantifiers, refuses everything else, and is tested against regexpp.
 *
 * @throws UnsupportedRegExp
 */
export function parseRegExp(regexp: RegExp): ParsedRegExp {
  if (/[^\x20-\x7e]/.test(regexp.source)) throw new UnsupportedRegExp('a non-ASCII character');
  if (regexp.source.length > MAX_SOURCE)
    throw new UnsupportedRegExp(`more than ${MAX_SOURCE} characters`);
  return new Parser(regexp.source, regexp.flags.includes('v')).parse();
}

class Parser {
  private position = 0;
  private captures = 0;
  private depth = 0;
  private unbounded = 0;
  private readonly groups = new Map<string, RegExpNode>();
  private readonly unprovable = new Set<string>();

  constructor(
    private readonly source: string,
    private readonly nestedClasses: boolean,
  ) {}

  parse(): ParsedRegExp {
    const alternatives = this.alternatives();
    if (this.position < this.source.length) throw new UnsupportedRegExp("')'");
    return { alternatives, unprovable: [...this.unprovable], unbounded: this.unbounded };
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
    const match = QUANTIFIER.exec(this.source.slice(this.position));
    if (match === null) return node;
    this.position += match[0].length;
    const [, symbol, least, range, most] = match;
    const min = symbol === undefined ? Number(least) : symbol === '+' ? 1 : 0;
    const open = symbol === undefined ? range !== undefined && most === '' : symbol !== '?';
    const bound = symbol === '?' ? 1 : Number(most ?? least);
    if (open) this.unbounded += 1;
    return { kind: 'repeat', node, min, max: open ? Infinity : bound };
  }

  private group(): RegExpNode {
    const match = GROUP_OPENING.exec(this.source.slice(this.position));
    const [text = '', opening, name] = match ?? [];
    if (opening === '?') throw new UnsupportedRegExp("a group that starts with '(?'");
    this.position += text.length;
    const index = opening === undefined || name !== undefined ? ++this.captures : undefined;
    if (++this.depth > MAX_DEPTH) throw new UnsupportedRegExp(`groups ${MAX_DEPTH} deep`);
    const group: RegExpNode = { kind: 'group', alternatives: this.alternatives() };
    this.depth -= 1;
    if (this.peek() !== ')') throw new UnsupportedRegExp("'('");
    this.position += 1;
    if (index !== undefined) this.groups.set(String(index), group);
    if (name !== undefined) this.groups.set(name, group);
    if (opening === undefined || name !== undefined || opening === '?:') return group;
    this.unprovable.add('looks ahead or behind');
    return { kind: 'assertion' };
  }

  private escape(): RegExpNode {
    const rest = this.source.slice(this.position);
    const reference = /^\\(?:([1-9]\d*)|k<([^>]*)>)/.exec(rest);
    if (reference !== null) return this.backreference(reference);
    const source = rest.slice(0, 2);
    this.position += 2;
    if (/^\\b$/i.test(source)) {
      this.unprovable.add('tests for a word boundary');
      return { kind: 'assertion' };
    }
    assertReadableEscape(source);
    return { kind: 'atom', source };
  }

  /** Stands for a copy of the group: enough to find members of the language. */
  private backreference([text, index, name]: RegExpExecArray): RegExpNode {
    this.position += text.length;
    this.unprovable.add('refers back to a group');
    return this.groups.get(index ?? name ?? '') ?? { kind: 'assertion' };
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
