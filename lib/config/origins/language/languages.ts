import { MAX_ORIGIN_LENGTH } from '../../../protocol/origin/grammar.js';
import type { OriginPattern } from '../../../protocol/origin/pattern.js';
import { findWord } from './automaton.js';
import { ANY, charOf, charSetOf } from './charset.js';
import { Derivatives } from './derivatives.js';
import { parseRegExp, UnsupportedRegExp, type RegExpNode } from './parser.js';
import { Terms, type Term } from './terms.js';
import { TooComplex } from './too-complex.js';
import { escapeExpression } from '../escape-expression.js';

const LABEL = '[a-z0-9_-]+';
const HOST = `(?:${LABEL}(?:\\.${LABEL})*\\.?|\\[[0-9a-f:.]+\\])`;
/** 1 to 65535, so written that the digits read so far leave one way to go on. */
const PORT =
  '(?:[1-5]\\d{0,4}|6(?:[0-4]\\d{0,3}|5(?:[0-4]\\d{0,2}|5(?:[0-2]\\d?|3[0-5]?|[4-9])?|[6-9]\\d?)?|[6-9]\\d{0,2})?|[7-9]\\d{0,3})';

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
  readonly derivatives = new Derivatives(this.terms);
  private readonly known = new Map<string, Term>();

  /** Every serialised origin. */
  get everything(): Term {
    return this.read(ANY_ORIGIN);
  }

  /** Whatever an https page with a dotted name can have as its origin. */
  get httpsNames(): Term {
    return this.read(HTTPS_NAMES);
  }

  word(text: string): Term {
    return this.terms.sequence([...text].map((character) => this.terms.set(charOf(character))));
  }

  pattern(pattern: OriginPattern): Term {
    return this.patterns([pattern]);
  }

  /**
   * The language of the patterns. Beyond the grammar of origins it takes any digits as a port, so that `\d+` stays within
   * `https://example.com:*`. Hosts that differ in nothing else are one term.
   */
  patterns(patterns: readonly OriginPattern[]): Term {
    const alike = new Map<string, string[]>();
    for (const { scheme, host, port, subdomains } of patterns) {
      const front = `${escapeExpression(scheme)}://${subdomains ? `(?:${LABEL}\\.)+` : ''}`;
      const end = port === '*' ? '(?::\\d+)?' : port === '' ? '' : `:${port}`;
      const key = `${front} ${end}`;
      alike.set(key, [...(alike.get(key) ?? []), escapeExpression(host)]);
    }
    const sources = Array.from(alike, ([key, hosts]) => key.replace(' ', `(?:${hosts.join('|')})`));
    return this.terms.alt(...sources.map((source) => this.read(source)));
  }

  /** Every text in which the expression finds a match. */
  expression(node: RegExpNode, flags: string): Term {
    const { terms } = this;
    const atStart = terms.cat(this.node(node, flags), terms.all);
    const later = this.node(node, flags, terms.never);
    return terms.alt(atStart, terms.sequence([terms.set(ANY), terms.all, later, terms.all]));
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

  includes(language: Term, text: string): boolean {
    return this.shortest([this.word(text), language]) !== undefined;
  }

  /** The shortest word of all the languages and not of `outside`. */
  shortest(within: readonly Term[], outside = this.terms.never): string | undefined {
    return findWord(this.derivatives, this.terms.and(...within, this.terms.not(outside)));
  }

  /** The shortest origin in `inner` and not in `outer`: of an https page if there is one. */
  originBeyond(inner: Term, outer: Term): string | undefined {
    if (this.covers(outer, inner)) return undefined;
    const beyond = (origins: string): string | undefined =>
      this.shortest([inner, this.read(origins)], this.andDefaultPorts(outer));
    return beyond(HTTPS_ORIGIN) ?? beyond(HTTP_ORIGIN) ?? beyond(ANY_ORIGIN);
  }

  /** `outer` has every origin that `inner` has. */
  covers(outer: Term, inner: Term): boolean {
    return this.shortest([inner, this.everything], this.andDefaultPorts(outer)) === undefined;
  }

  /** As `originBeyond`, or any text if there is no such origin. `undefined` proves that `outer` covers `inner`. */
  beyond(inner: Term, outer: Term): string | undefined {
    const word = this.shortest([inner], outer);
    return word === undefined ? undefined : (this.originBeyond(inner, outer) ?? word);
  }

  private andDefaultPorts(outer: Term): Term {
    return this.terms.alt(outer, this.read(DEFAULT_PORTS));
  }

  private read(source: string): Term {
    const term = this.known.get(source) ?? this.node(parseRegExp(new RegExp(source)), '');
    this.known.set(source, term);
    return term;
  }
}

function short(nodes: readonly RegExpNode[]): readonly RegExpNode[] {
  if (nodes.length > MAX_SEQUENCE) throw new TooComplex();
  return nodes;
}
