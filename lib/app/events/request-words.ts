import { show } from '../../protocol/show-value.js';
import { whereOf } from '../../routes/choice.js';
import type { Decision, Question } from '../question.js';
import type { CorsRequestKind } from './decision-event.js';

const NOUNS: Readonly<Record<CorsRequestKind, string>> = {
  preflight: 'preflight for',
  actual: 'reading of',
  upgrade: 'upgrade by',
};

/** A request as the log names it: `reading of GET "/orders" from "https://a.example" at OrdersController.all`. */
export function wordsFor(
  kind: CorsRequestKind,
  { exchange, origin = '', preflight }: Question,
  decision: Decision,
): string {
  const method = preflight?.method ?? exchange.request.method ?? 'GET';
  const place = whereOf(decision);
  const at = place === undefined ? '' : ` at ${place}`;
  return `${NOUNS[kind]} ${show(method).slice(1, -1)} ${show(exchange.url)} from ${show(origin)}${at}`;
}
