import { isObviousRegistry } from '../risk/risky-names.js';
import { parseOriginPattern } from '../origin-pattern.js';
import type { OriginPattern } from '../../../protocol/origin/pattern.js';
import { DOT, LABEL, NUMBER, WIDE, type Skeleton } from './shape.js';

/** What one variant of an expression was found to be. */
export type VariantReading =
  | { readonly fault?: undefined; readonly pattern: OriginPattern }
  | {
      readonly fault: 'regexp-unescaped-dot' | 'regexp-too-wide' | 'regexp-not-an-origin';
      /** The piece at fault; −1 when it is the whole. */
      readonly at: number;
      readonly what: string;
    };

const ORIGIN = new RegExp(
  `^([a-z][a-z0-9+.-]*)://([a-z0-9_.${LABEL}${NUMBER}-]+|\\[[0-9a-f:.]+\\])(?::([0-9${NUMBER}]+))?$`,
);
const VARIABLE = new RegExp(`[${LABEL}${NUMBER}${DOT}${WIDE}]`);
const NOT_AN_ORIGIN = 'browsers send scheme://host or scheme://host:port, in lower case';

/**
 * The proof. A variant stands for origins if it is a literal scheme, labels, and a port, and if strangers cannot register
 * what its variable part leaves open. It is covered by the pattern that is returned.
 */
export function readVariant(skeleton: Skeleton): VariantReading {
  return findWidePiece(skeleton) ?? findUnescapedDot(skeleton) ?? readOrigin(skeleton);
}

export function findUnescapedDot({ text }: Skeleton): VariantReading | undefined {
  const at = text.indexOf(DOT);
  if (at === -1) return undefined;
  return {
    fault: 'regexp-unescaped-dot',
    at,
    what: 'has an unescaped dot, which stands for any character',
  };
}

export function findWidePiece({ text }: Skeleton): VariantReading | undefined {
  const at = text.indexOf(WIDE);
  if (at === -1) return undefined;
  return tooWide(at, 'lets more than letters, digits and hyphens stand in a name');
}

function tooWide(at: number, what: string): VariantReading {
  return { fault: 'regexp-too-wide', at, what };
}

function notAnOrigin(what: string): VariantReading {
  return { fault: 'regexp-not-an-origin', at: -1, what };
}

function readOrigin(skeleton: Skeleton): VariantReading {
  const { text } = skeleton;
  const variable = VARIABLE.exec(text)?.index ?? -1;
  const [, scheme = '', host = '', port = ''] = ORIGIN.exec(text) ?? [];
  if (scheme !== '') return readHost(skeleton, { scheme, host, port });
  const separator = text.indexOf('://');
  if (variable !== -1 && variable < separator) return tooWide(variable, 'leaves the scheme open');
  return notAnOrigin(`matches what is no origin: ${NOT_AN_ORIGIN}`);
}

interface Parts {
  readonly scheme: string;
  readonly host: string;
  readonly port: string;
}

function readHost(skeleton: Skeleton, parts: Parts): VariantReading {
  const { scheme, host, port } = parts;
  const start = scheme.length + '://'.length;
  if (hasEmptyPart(skeleton, start))
    return notAnOrigin('matches an origin with an empty label or port');
  const last = Math.max(host.lastIndexOf(LABEL), host.lastIndexOf(NUMBER));
  const suffix = last === -1 ? host : literalSuffix(host.slice(last + 1));
  if (last !== -1 && (suffix === '' || isObviousRegistry(suffix))) {
    return tooWide(start + last, 'leaves the registrable part of the name open');
  }
  const anyPort = port.includes(NUMBER) ? '*' : port;
  return checked(patternSource({ scheme, host: suffix, port: anyPort }, last !== -1));
}

/** From the first label boundary: in `[a-z]+shop\.example\.com` only `example.com` is settled. */
function literalSuffix(tail: string): string {
  const dot = tail.indexOf('.');
  return dot === -1 ? '' : tail.slice(dot + 1);
}

function hasEmptyPart({ text, pieces }: Skeleton, start: number): boolean {
  let length = 0;
  for (let index = start; index < text.length; index += 1) {
    const separator = text[index] === '.' || (text[index] === ':' && !text.includes(']'));
    if (separator && length === 0) return true;
    length = separator ? 0 : length + (pieces[index]?.min ?? 0);
  }
  return length === 0 && !text.endsWith('.');
}

export function patternSource({ scheme, host, port }: Parts, subdomains: boolean): string {
  return `${scheme}://${subdomains ? '*.' : ''}${host}${port === '' ? '' : `:${port}`}`;
}

function checked(source: string): VariantReading {
  const { pattern, problem } = parseOriginPattern(source);
  return pattern === undefined
    ? notAnOrigin(`matches what browsers do not send: ${problem.message}`)
    : { pattern };
}
