import type { CorsIssueCode } from '../issues/codes.js';
import type { IssueCollector } from '../issues/issue-collector.js';
import { placeIn, show } from '../../protocol/show-value.js';
import { readOptions } from './copy-options.js';
import { headerNameProblem } from './header-name.js';
import type { OptionsKind } from './options-kind.js';
import { UNSET } from '../origins/read-origins.js';

const HEADERS_KIND: OptionsKind = {
  example: "{ 'Cache-Control': 'private, max-age=600' }",
  known: undefined,
};

/**
 * Headers that a preflight's answer has from elsewhere: `Vary` and the length from this module, the rest of them from Node
 * (RFC 9110 §7.6.1: fields of a connection).
 */
const NOT_TO_SET: ReadonlySet<string> = new Set([
  'vary',
  'content-length',
  'cors-debug',
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** RFC 9110 §5.5: visible characters, with spaces and tabs between them. */
export const FIELD_VALUE = /^[\x21-\x7e](?:[\t\x20-\x7e]*[\x21-\x7e])?$/;
/** More than this does not fit into the header lines of common proxies. */
const LONGEST_VALUE = 4096;

/**
 * The `preflightHeaders` option, each value read once and in an order of its own, so that policies which answer alike are
 * written alike. Every mistake becomes an issue.
 */
export function readPreflightHeaders(
  value: unknown,
  where: string,
  issues: IssueCollector,
): Readonly<Record<string, string>> {
  const given = readOptions(value, where, HEADERS_KIND, issues) ?? {};
  const headers = Object.create(null) as Record<string, string>;
  const seen = new Set<string>();
  for (const name of Object.keys(given).sort()) {
    const problem = problemOf(name, given[name], seen);
    if (problem === undefined) headers[name] = given[name] as string;
    else issues.add(problem[0], placeIn(where, name), problem[1], given[name]);
    seen.add(name.toLowerCase());
  }
  return Object.freeze(headers);
}

function problemOf(
  name: string,
  value: unknown,
  seen: ReadonlySet<string>,
): readonly [code: CorsIssueCode, message: string] | undefined {
  const invalid = headerNameProblem(name);
  if (invalid !== undefined) return [invalid.code, invalid.message];
  const lower = name.toLowerCase();
  if (lower.startsWith('access-control-'))
    return ['forbidden-preflight-header', `the policy decides about ${name}; remove it`];
  if (NOT_TO_SET.has(lower))
    return ['forbidden-preflight-header', `a preflight's answer has its own ${name}; remove it`];
  if (seen.has(lower))
    return ['forbidden-preflight-header', `${name} stands twice, in different case; keep one`];
  return isFieldValue(value) ? undefined : ['invalid-header-value', valueMessage(name, value)];
}

function isFieldValue(value: unknown): boolean {
  return typeof value === 'string' && value.length <= LONGEST_VALUE && FIELD_VALUE.test(value);
}

function valueMessage(name: string, value: unknown): string {
  const unset = value === undefined ? ` ${UNSET}` : '';
  return `${show(value)} is no value of ${name}${unset}; write a string of 1 to ${LONGEST_VALUE} visible ASCII characters and spaces between them, or leave the header out`;
}
