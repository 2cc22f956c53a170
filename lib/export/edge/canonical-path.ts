import type { CorsManifest } from '../../inspect/manifest/manifest.js';

/** The paths that routers and services read in one way; everything else is {@link DISPUTED}. */
export interface CanonicalPath {
  /** No path that one of these matches is canonical. */
  readonly excluded: readonly string[];
  /** Every canonical path matches. */
  readonly expression: string;
}

const HEX = '[0-9A-Fa-f]';
const NEXT = `%[89AaBb]${HEX}`;

/** UTF-8 (RFC 3629) as escapes: neither overlong forms nor C1 controls. */
const ESCAPED_UTF8 = [
  `%[Cc]2%[AaBb]${HEX}`,
  `%(?:[Cc][3-9A-Fa-f]|[Dd]${HEX})${NEXT}`,
  `%[Ee]0%[AaBb]${HEX}${NEXT}`,
  `%[Ee][1-9A-CEFa-cef]${NEXT}${NEXT}`,
  `%[Ee][Dd]%[89]${HEX}${NEXT}`,
  `%[Ff]0%[9AaBb]${HEX}${NEXT}${NEXT}`,
  `%[Ff][1-3]${NEXT}${NEXT}${NEXT}`,
  `%[Ff]4%8${HEX}${NEXT}${NEXT}`,
];

/** Escapes that no router takes for something else: not of unreserved characters, separators, `%`, or controls. */
const HARMLESS = ' !"$&\'()*+,:<=>@[]^`{|}';

const RAW = "[A-Za-z0-9._~!$&'()*+,:=@^|\\[\\]-]";

/** Routes of Fastify do not match longer parameters. */
const TOO_LONG = '/[^/]{101}';

/** An escape of a character that a route has in its text may or may not be that character. */
export function canonicalPath(manifest: CorsManifest, texts: Iterable<string>): CanonicalPath {
  const used = new Set([...texts].join(''));
  const codes = [...HARMLESS].filter((character) => !used.has(character)).map(codeOf);
  const unit = [RAW, `%(?:${codes.join('|')})`, ...ESCAPED_UTF8].join('|');
  return {
    // Dots lead elsewhere, and a space beside a slash is trimmed by some.
    excluded: [
      '/\\.{1,2}(?:/|$)',
      '/%20',
      '%20(?:/|$)',
      ...(manifest.platform.name === 'fastify' ? [TOO_LONG] : []),
    ],
    expression: `^/(?:(?:${unit})+(?:/(?:${unit})+)*/?)?$`,
  };
}

function codeOf(character: string): string {
  const code = character.charCodeAt(0).toString(16).toUpperCase();
  return code.replace(/[A-F]/g, (letter) => `[${letter}${letter.toLowerCase()}]`);
}

/** Text of a pattern that stands for itself, whatever a router decodes. */
export function isPlainText(text: string): boolean {
  return /^[A-Za-z0-9._~!$&'+,=@-]*$/.test(text) && text !== '.' && text !== '..';
}
