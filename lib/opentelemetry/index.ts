import { type Attributes, type MeterProvider, metrics } from '@opentelemetry/api';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { CorsDecisionEvent } from '../app/events/decision-event.js';

/** @publicApi */
export interface CorsOpenTelemetryOptions {
  /** The global one by default. */
  readonly meterProvider?: MeterProvider;
}

/** OpenTelemetry semantic conventions, `http.request.method`: any other is `_OTHER`. */
const METHODS: ReadonlySet<string> = new Set(
  'CONNECT DELETE GET HEAD OPTIONS PATCH POST PUT QUERY TRACE'.split(' '),
);

/**
 * Counts decisions about requests from other origins as `cors.server.decisions`, with the attributes `cors.decision` (`allowed`,
 * `denied`, `rejected`), `cors.request.type` (`preflight`, `actual`, `upgrade`), `cors.deny.reason`, `cors.policy.name`, `http.route` and
 * `http.request.method`. Every value comes from your configuration or from a closed list: whoever sends requests adds no series.
 * Counts for all applications of the process.
 *
 * @returns stops counting
 *
 * @publicApi
 */
export function collectCorsMetrics({ meterProvider }: CorsOpenTelemetryOptions = {}): () => void {
  const meter = (meterProvider ?? metrics).getMeter('nestjs-cors');
  const counter = meter.createCounter('cors.server.decisions', {
    description: 'Decisions about requests from other origins',
    unit: '{decision}',
  });
  const count = (message: unknown): void =>
    counter.add(1, attributesOf(message as CorsDecisionEvent));
  subscribe('nestjs-cors:decision', count);
  return () => void unsubscribe('nestjs-cors:decision', count);
}

function attributesOf({
  outcome,
  kind,
  reason,
  policy,
  route,
  method,
}: CorsDecisionEvent): Attributes {
  return {
    'cors.decision': outcome,
    'cors.request.type': kind,
    'cors.policy.name': policy,
    'http.request.method': METHODS.has(method) ? method : '_OTHER',
    ...(route === undefined ? {} : { 'http.route': route }),
    ...(outcome === 'allowed' ? {} : { 'cors.deny.reason': reason }),
  };
}
