import type { CorsManifestOrigin, CorsManifestRegExp } from '../../inspect/manifest/manifest.js';
import { isExact, type OriginPattern } from '../../protocol/origin/pattern.js';
import { OriginSet, patternOf } from '../diff/origin-set.js';
import type { Losses } from './losses.js';
import { escapeExpression } from '../../config/origins/escape-expression.js';
import { textOf } from '../../inspect/manifest/manifest-texts.js';

/** Origins as every engine can look them up: by name, and by pattern. */
export interface EdgeOrigins {
  readonly exact: readonly string[];
  readonly patterns: readonly OriginPattern[];
}

/** Nobody. */
export const NO_ORIGINS: EdgeOrigins = { exact: [], patterns: [] };

/** Allows nobody. */
export function isEmpty({ exact, patterns }: EdgeOrigins): boolean {
  return exact.length + patterns.length === 0;
}

/** Reads a list of origins. A predicate, or an expression that patterns do not cover, is a loss. */
export function readEdgeOrigins(
  origins: readonly CorsManifestOrigin[],
  where: string,
  losses: Losses,
): EdgeOrigins {
  const texts = origins.filter((origin) => typeof origin === 'string');
  for (const origin of origins) {
    if (typeof origin === 'string') continue;
    if ('regexp' in origin) checkCovered(origin, texts, where, losses);
    else {
      const message = `the predicate ${origin.predicate} runs in the application only; list the origins, or leave this policy to the application`;
      losses.add('refused', 'predicate', where, message);
    }
  }
  return {
    exact: texts.filter(isName),
    patterns: texts.filter((text) => !isName(text)).map(patternOf),
  };
}

/** An expression that allows nothing beyond the patterns is said by those. */
function checkCovered(
  expression: CorsManifestRegExp,
  texts: readonly string[],
  where: string,
  losses: Losses,
): void {
  const beyond = new OriginSet([expression]).beyond(new OriginSet(texts));
  if ('included' in beyond) return;
  const example = 'witness' in beyond ? `, and no pattern covers ${beyond.witness}` : '';
  const message = `engines read expressions otherwise than JavaScript: ${textOf(expression)}${example}; write it as patterns (https://*.example.com)`;
  losses.add('refused', 'regexp', where, message);
}

function isName(text: string): boolean {
  return isExact(patternOf(text));
}

const LABELS = '(?:[a-z0-9_-]+\\.)+';
const PORT =
  '(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])';
const DEFAULT_PORTS: Readonly<Record<string, string>> = { http: '80', https: '443' };

/** The pattern as an expression without look-ahead: labels and ports by our own grammar. */
export function sourceOfPattern({ scheme, host, port, subdomains }: OriginPattern): string {
  const ports = port === '*' ? `(?::${PORT})?` : port === '' ? '' : `:${port}`;
  return `^${escapeExpression(scheme)}://${subdomains ? LABELS : ''}${escapeExpression(host)}${ports}$`;
}

/** An origin that names its scheme's default port is none (Fetch): what `:*` must not take. */
export function sourcesOfDefaultPorts(): readonly string[] {
  return Object.entries(DEFAULT_PORTS).map(([scheme, port]) => `^${scheme}://.*:${port}$`);
}
