import { whereOf, type PolicySource } from '../../routes/choice.js';
import type { Decision, DecisionReason, Question } from '../question.js';

/** How the request came: as a preflight, as the request that a page sends, or to open a WebSocket. */
export type CorsRequestKind = 'preflight' | 'actual' | 'upgrade';

/**
 * - `'allowed'`: the page may read, send, or open.
 * - `'denied'`: it may not read; the handler of an actual request ran all the same.
 * - `'rejected'`: the request was turned away with 403 before any handler.
 */
export type CorsOutcome = 'allowed' | 'denied' | 'rejected';

/**
 * A decision about a request from another origin, as published on the diagnostics channel `nestjs-cors:decision`.
 *
 * @publicApi
 */
export interface CorsDecisionEvent {
  readonly kind: CorsRequestKind;
  readonly outcome: CorsOutcome;
  /** `'allowed'`, or the step that failed. */
  readonly reason: DecisionReason;
  /** The policy's name, or the place of one that is written out. */
  readonly policy: string;
  /** Where the policy comes from. */
  readonly source: PolicySource;
  /** `OrdersController.update`, `paths[0]`, `FeedGateway`; `undefined` for `default` beyond all of them. */
  readonly where: string | undefined;
  /** That of the actual request, also for its preflight. Whoever sends it chooses it. */
  readonly method: string;
  /**
   * The path of the route or entry as it was written (`/orders/:id`), never the target: fit for a metric's label. `undefined`
   * where none is known: beyond routes and `paths`, and for actual requests under strategy `'interceptor'`, which knows the
   * handler (`where`) and not by which of its paths it was reached.
   */
  readonly route: string | undefined;
  /** As sent. Whoever sends it chooses it: never a metric's label. */
  readonly origin: string;
  /** `Access-Control-Request-Headers` of a preflight, as sent; `undefined` where it has none. */
  readonly headers: string | undefined;
}

export function outcomeOf(allowed: boolean, rejected: boolean): CorsOutcome {
  return allowed ? 'allowed' : rejected ? 'rejected' : 'denied';
}

export function eventOf(
  kind: CorsRequestKind,
  outcome: CorsOutcome,
  { exchange, origin = '', preflight }: Question,
  decision: Decision,
): CorsDecisionEvent {
  const { policy, source, reason, route, sibling, entry } = decision;
  return {
    kind,
    outcome,
    reason,
    policy: policy?.label ?? '',
    source,
    where: whereOf(decision),
    method: preflight?.method ?? exchange.request.method ?? 'GET',
    route: pathOf(route ?? sibling) ?? entry?.path,
    origin,
    headers: preflight?.headers,
  };
}

function pathOf(route: Decision['route']): string | undefined {
  return route !== undefined && 'path' in route ? String(route.path) : undefined;
}
