import { isToken } from '../../protocol/token.js';
import { show } from '../../protocol/show-value.js';
import type { NameProblem } from './method-name.js';

/** Fetch: forbidden request-headers. A script cannot set them, so a preflight never asks for them. */
const FORBIDDEN_REQUEST_HEADERS: ReadonlySet<string> = new Set([
  'accept-charset',
  'accept-encoding',
  'access-control-request-headers',
  'access-control-request-method',
  'connection',
  'content-length',
  'cookie',
  'cookie2',
  'date',
  'dnt',
  'expect',
  'host',
  'keep-alive',
  'origin',
  'referer',
  'set-cookie',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
]);

/** Fetch: forbidden response-header names, plus CORS headers that only requests or preflights carry. */
const UNEXPOSABLE_HEADERS: ReadonlySet<string> = new Set([
  'set-cookie',
  'set-cookie2',
  'origin',
  'access-control-request-method',
  'access-control-request-headers',
  'access-control-allow-methods',
  'access-control-allow-headers',
  'access-control-max-age',
]);

const RESPONSE_ONLY = /^access-control-(?:allow-.*|max-age|expose-headers)$/;

/** Why a name in `allowedHeaders` cannot be right, if it cannot. */
export function requestHeaderProblem(name: unknown): NameProblem | undefined {
  const invalid = headerNameProblem(name);
  if (invalid !== undefined) return invalid;
  const lower = String(name).toLowerCase();
  if (FORBIDDEN_REQUEST_HEADERS.has(lower) || /^(?:sec|proxy)-/.test(lower)) {
    return {
      code: 'forbidden-request-header',
      message: `browsers never let a script set ${show(name)}, so no preflight asks for it; remove it`,
    };
  }
  if (RESPONSE_ONLY.test(lower)) {
    return {
      code: 'response-header-in-request',
      message: `${show(name)} belongs to responses; remove it from \`allowedHeaders\``,
    };
  }
  return undefined;
}

/** Why a name in `exposedHeaders` cannot be right, if it cannot. */
export function responseHeaderProblem(name: unknown): NameProblem | undefined {
  const invalid = headerNameProblem(name);
  if (invalid !== undefined) return invalid;
  if (UNEXPOSABLE_HEADERS.has(String(name).toLowerCase())) {
    return {
      code: 'unexposable-header',
      message: `browsers never show ${show(name)} to a script; remove it from \`exposedHeaders\``,
    };
  }
  return undefined;
}

/** Longer ones exist only to break header lines. */
const LONGEST_NAME = 128;

/** Why a name cannot be that of any header, if it cannot. */
export function headerNameProblem(name: unknown): NameProblem | undefined {
  if (typeof name === 'string' && name.length <= LONGEST_NAME && isToken(name)) return undefined;
  return { code: 'invalid-header-name', message: `${show(name)} is not a header name` };
}
