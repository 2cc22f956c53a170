import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Counter, type Registry } from 'prom-client';
import type { CorsDecisionEvent } from '../app/events/decision-event.js';

/** @publicApi */
export interface CorsPrometheusOptions {
  /** Where the counter is registered: that of `prom-client`, of `@willsoto/nestjs-prometheus`, or your own. */
  readonly registry: Registry;
}

/**
 * Counts decisions about requests from other origins as `cors_server_decisions_total`, by `decision` (`allowed`, `denied`,
 * `rejected`), `type` (`preflight`, `actual`, `upgrade`), `reason` and `policy`. Every label comes from your configuration or from a
 * closed list: whoever sends requests adds no series. Counts for all applications of the process.
 *
 * @returns stops counting
 *
 * @publicApi
 */
export function collectCorsMetrics({ registry }: CorsPrometheusOptions): () => void {
  const counter = new Counter({
    name: 'cors_server_decisions_total',
    help: 'Decisions about requests from other origins',
    labelNames: ['decision', 'type', 'reason', 'policy'],
    registers: [registry],
  });
  const count = (message: unknown): void => {
    const { outcome, kind, reason, policy } = message as CorsDecisionEvent;
    counter.inc({ decision: outcome, type: kind, reason, policy });
  };
  subscribe('nestjs-cors:decision', count);
  return () => void unsubscribe('nestjs-cors:decision', count);
}
