import { allowed, type Expectation, passes, type WireRow } from '../../../support/row.js';
import { APP } from '../../../support/origins.js';
import type { RawRequest } from '../../../support/raw.js';

/** What a row expects; an error is whatever the gateway makes of a service that does not answer. */
export interface GatewayExpectation extends Omit<Expectation, 'status'> {
  readonly status: number | 'error' | 'any';
}

type PerTransport = Readonly<Record<'proxy' | 'handler', GatewayExpectation>>;

export interface GatewayRow extends WireRow<PerTransport, GatewayPromise> {
  /** Who answers. What the service answers comes with its own headers where the transport hands them on. */
  readonly answers: 'service' | 'gateway';
  /** Whether the service is reached at all. */
  readonly reaches: boolean;
  /** Rows about what only one of them has. */
  readonly only?: 'proxy' | 'handler';
  readonly platform?: 'express' | 'fastify';
}

export type GatewayPromise =
  | 'preflight'
  | 'actual response'
  | 'upstream headers'
  | 'denied'
  | 'error exit'
  | 'path form'
  | 'policy per path'
  | 'passthrough'
  | 'upgrade';

type Extra = Partial<Omit<GatewayRow, 'promise' | 'name' | 'request' | 'expected'>>;

export function row(
  promise: GatewayPromise,
  name: string,
  request: RawRequest,
  expected: GatewayExpectation | PerTransport,
  extra: Extra = {},
): GatewayRow {
  const both = 'status' in expected ? { proxy: expected, handler: expected } : expected;
  const answers = extra.answers ?? 'service';
  const reaches = extra.reaches ?? answers === 'service';
  return { promise, name, request, expected: both, ...extra, answers, reaches };
}

/** The gateway answers, and the service knows nothing of it. */
export const AT_GATEWAY: Extra = { answers: 'gateway' };
/** The service was asked and gave no answer. */
export const UNANSWERED: Extra = { answers: 'gateway', reaches: true };

/** What the origin of the policy `app` reads. */
export const app = allowed(APP, { credentials: true, expose: 'X-Total-Count' });

/** Every method that a Nest handler for all of them lists. */
export const ALL = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS';

/** A preflight that passes: a Nest handler for every method lists all, an entry of `paths` only the one asked for. */
export function granted(method: string, allow?: string): PerTransport {
  const more = allow === undefined ? {} : { allow };
  return {
    proxy: passes({ methods: method, ...more }),
    handler: passes({ methods: ALL, ...more }),
  };
}

export function status(
  code: GatewayExpectation['status'],
  expected: GatewayExpectation,
): GatewayExpectation {
  return { ...expected, status: code };
}
