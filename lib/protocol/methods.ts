import { METHODS } from 'node:http';

/** Fetch: CORS-safelisted methods. They pass the method step of every preflight. */
export const SAFELISTED_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST']);

/** Fetch: forbidden methods. No browser sends them. */
export const FORBIDDEN_METHODS: ReadonlySet<string> = new Set(['CONNECT', 'TRACE', 'TRACK']);

/** Methods that Node parses from the wire; everything else is a 400 before any application code. */
export const PARSED_METHODS: ReadonlySet<string> = new Set(METHODS);

/** A browser could follow a preflight for this method up with a request that reaches a handler. */
export function isRequestableMethod(method: string): boolean {
  return PARSED_METHODS.has(method) && !FORBIDDEN_METHODS.has(method);
}

/** Methods that every browser knows, in the order in which they are listed. */
export const COMMON_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
