import { FORBIDDEN_METHODS, PARSED_METHODS } from '../../protocol/methods.js';
import type { CorsIssueCode } from '../issues/codes.js';
import { isToken } from '../../protocol/token.js';
import { show } from '../../protocol/show-value.js';

export interface NameProblem {
  readonly code: CorsIssueCode;
  readonly message: string;
}

/** Why a configured method name cannot be right, if it cannot. */
export function methodProblem(method: unknown): NameProblem | undefined {
  if (typeof method !== 'string' || !isToken(method)) {
    return { code: 'invalid-method', message: `${show(method)} is not a method name` };
  }
  if (method === '*') {
    return {
      code: 'wildcard-methods',
      message:
        "'*' would allow every method of the URL, also those of routes without CORS; omit `methods` to allow what the route table serves",
    };
  }
  if (FORBIDDEN_METHODS.has(method.toUpperCase())) {
    return {
      code: 'forbidden-method',
      message: `no browser sends ${method} (Fetch, "forbidden method"); remove it`,
    };
  }
  return PARSED_METHODS.has(method) ? undefined : unknownMethod(method);
}

function unknownMethod(method: string): NameProblem {
  const upper = method.toUpperCase();
  const fix = PARSED_METHODS.has(upper)
    ? `method names are case-sensitive, write '${upper}'`
    : 'Node answers it with 400 before any handler runs; remove it';
  return { code: 'unknown-method', message: `no route can serve ${show(method)}: ${fix}` };
}
