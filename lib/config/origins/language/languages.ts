import { MAX_ORIGIN_LENGTH } from '../../../protocol/origin/grammar.js';
import type { OriginPattern } from '../../../protocol/origin/pattern.js';
import { findWord } from './automaton.js';
import { charSetOf, LETTERS } from './charset.js';
import { parseRegExp, UnsupportedRegExp, type RegExpNode } from './parser.js';
import { Terms, type Term } from './terms.js';
import { TooComplex } from './too-complex.js';

const LABEL = '[a-z0-9_-]+';
const HOST = `(?:${LABEL}(?:\\.${LABEL})*\\.?|\\[[0-9a-f:.]+\\])`;
const PORT = '(?:[1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d\\d|655[0-2]\\d|6553[0-5])';

/**
 * Serialised origins, as `protocol/origin/grammar.ts` reads them, the most telling first: an https page, an http page,
 * anything.
 */
const [HTTPS_ORIGIN, HTTP_ORIGIN, ANY_ORIGIN] = ['https', 'http', '[a-z][a-z0-9+.-]*'].map(
  (scheme) => `${scheme}://${HOST}(?::${PORT})?`,
) as [string, string, string];
/** Ports that browsers leave out, and that the matcher therefore denies. */
const DEFAULT_PORTS = `(?:https|wss)://${HOST}:443|(?:http|ws)://${HOST}:80`;
const HTTPS_NAMES = 'https://[a-z0-9-]+(?:\\.[a-z0-9-]+)+';

const MAX_SEQUENCE = 1000;

/** The languages of origins, of patterns and of expressions as terms that can be compared. */
export class Languages {
  readonly terms = new Terms();
  private readonly any = this.terms.set(new Set(LETTERS));
  private readonly text = this.terms.star(this.any);

  /** Every serialised origin. */
  get everything(): Term {
    return this.read(ANY_ORIGIN);
  }

  /** Whatever an https page with a dotted name can have as its origin. */
  get httpsNames(): Term {
    return this.read(HTTPS_NAMES);
  }

  word(text: string): Term {
    return this.terms.sequence([...text].map((character) => this.terms.set(new Set(character))));
  }

  /**
   * The language of the pattern. Beyond the grammar of origins it takes any digits as a port, so that `\d+` stays within
   * `https://example.com:*`.
   */
  pattern({ scheme, host, port, subdomains }: OriginPattern): Term {
    const front = `${literal(scheme)}://${subdomains ? `(?:${LABEL}\\.)+` : ''}${literal(host)}`;
    return this.read(front + (port === '*' ? '(?::\\d+)?' : port === '' ? '' : `:${port}`));
  }

  patterns(patterns: readonly OriginPattern[]): Term {
    return this.terms.alt(...patterns.map((pattern) => this.pattern(pattern)));
  }

  /** Every text in which the expression finds a match. */
  expression(node: RegExpNode, flags: string): Term {
    const { terms } = this;
    const atStart = terms.cat(this.node(node, flags), this.text);
    const later = terms.sequence([this.any, this.text, this.node(node, flags, terms.never)]);
    return terms.alt(atStart, terms.cat(later, this.text));
  }

  /** The node alone, with terms for `^` and `$`. */
  node(node: RegExpNode, flags: string, start = this.terms.start, end = this.terms.end): Term {
    const { terms } = this;
    const inside = (inner: RegExpNode): Term => this.node(inner, flags, start, end);
    switch (node.kind) {
      case 'atom':
        return terms.set(charSetOf(node.source, flags));
      case 'start':
        return start;
      case 'end':
        return end;
      case 'group':
        return terms.alt(
          ...node.alternatives.map((nodes) => terms.sequence(short(nodes).map(inside))),
        );
      default:
        if (node.min > MAX_ORIGIN_LENGTH)
          throw new UnsupportedRegExp('more repetitions than an origin is long');
        return terms.repeat(
          inside(node.node),
          node.min,
          node.max > MAX_ORIGIN_LENGTH ? Infinity : node.max,
        );
    }
  }

  /** The shortest origin in `inner` and not in `outer`: of an https page if there is one. */
  originBeyond(inner: Term, outer: Term): string | undefined {
    const outside = this.terms.alt(outer, this.read(DEFAULT_PORTS));
    for (const origins of [HTTPS_ORIGIN, HTTP_ORIGIN, ANY_ORIGIN]) {
      const { word } = findWord(this.terms, [inner, this.read(origins)], outside);
      if (word !== undefined) return word;
    }
    return undefined;
  }

  /** `outer` has every origin that `inner` has. */
  covers(outer: Term, inner: Term): boolean {
    const outside = this.terms.alt(outer, this.read(DEFAULT_PORTS));
    return findWord(this.terms, [inner, this.everything], outside).word === undefined;
  }

  /** As `originBeyond`, or any text if there is no such origin. `undefined` proves that `outer` covers `inner`. */
  beyond(inner: Term, outer: Term): string | undefined {
    const { word } = findWord(this.terms, [inner], outer);
    return word === undefined ? undefined : (this.originBeyond(inner, outer) ?? word);
  }

  private read(source: string): Term {
    return this.node(parseRegExp(new RegExp(source)), '');
  }
}

/** Hosts of schemes that browsers know nothing about may have any of these: `app://(home)`. */
function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function short(nodes: readonly RegExpNode[]): readonly RegExpNode[] {
  if (nodes.length > MAX_SEQUENCE) throw new TooComplex();
  return nodes;
}
