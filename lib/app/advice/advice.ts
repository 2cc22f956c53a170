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
  /** Where the options of the policy stand: `policies.partners`; `undefined` for one that is written out at its label. */
  readonly place: string | undefined;
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
  place: string | undefined,
): string | undefined {
  if (policy === undefined) return undefined;
  const method = preflight?.method ?? exchange.request.method ?? 'GET';
  return adviceOn({ reason, policy, place, origin, method, headers: preflight?.headers });
}

function onOrigin(denial: Denial): string {
  const { policy, origin } = denial;
  const close = nearMiss(policy.origins, origin);
  const why = `policy ${show(policy.label)} does not allow ${shown(origin)}`;
  if (origin === 'null')
    return `${why}: a sandboxed frame, a page from a file and some redirects send it, and so can any site`;
  const asked = policy.origins.predicates.length > 0 ? ', and its predicates said no' : '';
  // The list of a live policy stands in no code.
  const list = policy.live === undefined ? optionOf(denial, 'origin') : 'the list of its source';
  const fix = mayBeAdded(origin, policy) ? `; add '${origin}' to ${list} if it may read` : '';
  return `${why}${close === undefined ? '' : `: ${close}`}${asked}${fix}`;
}

function onMethod(denial: Denial): string {
  const { policy, method } = denial;
  if (!isRequestableMethod(method))
    return `${shown(method)} is no method that a browser sends and Node.js reads`;
  return `policy ${show(policy.label)} allows ${list(policy.methods ?? [])} (and GET, HEAD, POST, as everywhere); add '${method}' to ${optionOf(denial, 'methods')} if it may be sent`;
}

function onHeaders(denial: Denial): string {
  const { policy, headers = '' } = denial;
  const names = parseRequestedHeaders(headers)?.names ?? [];
  const missing = names.filter((name) => policy.allowedHeaders?.has(name) !== true);
  return `policy ${show(policy.label)} does not allow ${list(missing)}; add ${list(missing.map((name) => `'${name}'`))} to ${optionOf(denial, 'allowedHeaders')} if they may be sent`;
}

/** Only what start-up would take as it is. */
function mayBeAdded(origin: string, { credentials }: CompiledPolicy): boolean {
  const { pattern } = parseOriginPattern(origin);
  const production = process.env['NODE_ENV'] === 'production';
  return pattern !== undefined && !isRefused(pattern, { credentials, production });
}

/** `policies.partners.origin`, or the option of the policy that is written out at its label. */
function optionOf({ policy, place }: Denial, option: string): string {
  return place === undefined ? `\`${option}\` at ${policy.label}` : `${place}.${option}`;
}

/** As it would be written, without the quotes. */
function shown(text: string): string {
  return show(text).replace(/^"|"$/g, '');
}

function list(items: Iterable<string>): string {
  const all = [...items];
  return all.length === 0 ? 'none' : all.join(', ');
}
