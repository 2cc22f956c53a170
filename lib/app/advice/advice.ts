import { parseOriginPattern } from '../../config/origins/origin-pattern.js';
import { isRefused } from '../../config/origins/risk/refused.js';
import type { CompiledPolicy } from '../../protocol/compiled-policy.js';
import { isRequestableMethod } from '../../protocol/methods.js';
import { parseRequestedHeaders } from '../../protocol/requested-headers.js';
import { show } from '../../protocol/show-value.js';
import type { Decision, DecisionReason, Question } from '../question.js';
import { nearMiss } from './near-miss.js';

/** A denial, as far as advice depends on it. */
export interface Denial {
  readonly reason: DecisionReason;
  readonly policy: CompiledPolicy;
  readonly origin: string;
  /** The method of the actual request. */
  readonly method: string;
  /** `Access-Control-Request-Headers`. */
  readonly headers?: string | undefined;
}

/**
 * The sentence that says why a request was denied, and at which option to change what if it was meant to pass: the same in
 * the log, in `explain()` and in the documentation. `undefined` where nothing was denied.
 */
export function adviceOn(denial: Denial): string | undefined {
  const { reason } = denial;
  switch (reason) {
    case 'origin-denied':
      return onOrigin(denial);
    case 'method-denied':
      return onMethod(denial);
    case 'headers-denied':
      return onHeaders(denial);
    case 'headers-malformed':
      return 'Access-Control-Request-Headers is no list of header names as browsers send it, or is longer than any of theirs';
    case 'no-policy':
      return 'nobody may read or preflight this one: it says @NoCors(), `policy: false` or `origin: false`; give it a policy there if that is not meant';
    case 'undecidable-policy':
      return 'its path can be read as more than one, under different policies; write it without encoded, doubled or dotted segments';
    default:
      return undefined;
  }
}

/** The same about a request as it was asked and decided. */
export function adviceFor(
  { exchange, origin = '', preflight }: Question,
  { policy, reason }: Decision,
): string | undefined {
  if (policy === undefined) return undefined;
  const method = preflight?.method ?? exchange.request.method ?? 'GET';
  return adviceOn({ reason, policy, origin, method, headers: preflight?.headers });
}

function onOrigin({ policy, origin }: Denial): string {
  const close = nearMiss(policy.origins, origin);
  const why = `policy ${show(policy.label)} does not allow ${shown(origin)}`;
  if (origin === 'null')
    return `${why}: a sandboxed frame, a page from a file and some redirects send it, and so can any site`;
  const asked = policy.origins.predicates.length > 0 ? ', and its predicates said no' : '';
  const fix = mayBeAdded(origin, policy)
    ? `; add '${origin}' to ${policy.places.origin} if it may read`
    : '';
  return `${why}${close === undefined ? '' : `: ${close}`}${asked}${fix}`;
}

function onMethod({ policy, method }: Denial): string {
  if (!isRequestableMethod(method))
    return `${shown(method)} is no method that a browser sends and Node.js reads`;
  return `policy ${show(policy.label)} allows ${list(policy.methods ?? [])} (and GET, HEAD, POST, as everywhere); add '${method}' to ${policy.places.methods} if it may be sent`;
}

function onHeaders({ policy, headers = '' }: Denial): string {
  const names = parseRequestedHeaders(headers)?.names ?? [];
  const missing = names.filter((name) => policy.allowedHeaders?.has(name) !== true);
  return `policy ${show(policy.label)} does not allow ${list(missing)}; add ${list(missing.map((name) => `'${name}'`))} to ${policy.places.allowedHeaders} if they may be sent`;
}

/** Only what start-up would take as it is. */
function mayBeAdded(origin: string, { credentials }: CompiledPolicy): boolean {
  const { pattern } = parseOriginPattern(origin);
  const production = process.env['NODE_ENV'] === 'production';
  return pattern !== undefined && !isRefused(pattern, { credentials, production });
}

/** As it would be written, without the quotes. */
function shown(text: string): string {
  return show(text).replace(/^"|"$/g, '');
}

function list(items: Iterable<string>): string {
  const all = [...items];
  return all.length === 0 ? 'none' : all.join(', ');
}
