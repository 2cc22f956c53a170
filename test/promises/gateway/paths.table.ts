import { allowed, bare, denied, get, preflight } from '../../support/row.js';
import { APP, EVIL } from '../../support/origins.js';
import { AT_GATEWAY, row, type GatewayExpectation, type GatewayRow } from './support/row.js';

const app = allowed(APP, { credentials: true, expose: 'X-Total-Count' });

function any(expected: GatewayExpectation): GatewayExpectation {
  return { ...expected, status: 'any' };
}

/** Spellings of what a proxied service may take for `/orders/internal/x`, or for something outside `/orders`. */
const DISGUISED = [
  '/orders/%69nternal/x',
  '/orders//internal/x',
  '/orders/./internal/x',
  '/orders/7/../internal/x',
  '/orders/7/%2e%2e/internal/x',
  '/orders/..%2fbilling/x',
  '/orders/..;/billing/x',
  '/orders/internal%2fx',
  '/orders\\internal\\x',
  '/orders/internal;v=1/x',
  '/orders/7;v=1/../internal/x',
  '/orders/%2569nternal/x',
  '/orders/internal%3fx',
];

/** Some of these never leave the gateway, some do: what counts is that no page reads them. */
const disguised = DISGUISED.flatMap((path) => [
  row('path form', `${path} is denied`, get(path, APP), any(denied()), { only: 'proxy' }),
]);

const forms: readonly GatewayRow[] = [
  row('path form', 'an encoded letter', get('/orders/%6cist', APP), app),
  row('path form', 'the area itself', get('/orders', APP), app),
  row('path form', 'the area with a slash', get('/orders/', APP), app),
  row('path form', 'the longest prefix decides', get('/orders/internal/x', APP), bare(), {
    only: 'proxy',
  }),
  row(
    'path form',
    'a longer segment is another path',
    get('/orders-archive/7', APP),
    { ...denied(), status: 404 },
    AT_GATEWAY,
  ),
  row('path form', 'case as the platform mounts: Express ignores it', get('/ORDERS/7', APP), app, {
    platform: 'express',
  }),
  row(
    'path form',
    'case as the platform mounts: where Fastify minds it and middleware does not, denied',
    get('/ORDERS/7', APP),
    any(denied()),
    { platform: 'fastify' },
  ),
];

/** What the service says of its own, line by line. */
const OWN: GatewayExpectation = {
  status: 200,
  vary: [],
  cors: [
    'access-control-allow-credentials: true',
    'access-control-allow-headers: x-upstream',
    'access-control-allow-methods: UPSTREAM',
    'access-control-allow-origin: *',
    'access-control-expose-headers: X-Upstream, ETag',
    'access-control-max-age: 86400',
  ],
};

const passthrough: readonly GatewayRow[] = [
  row('passthrough', "keeps the upstream's headers", get('/legacy/7', EVIL), OWN, {
    only: 'proxy',
  }),
  row(
    'passthrough',
    'leaves preflights to the upstream',
    preflight('/legacy/7', 'PUT', EVIL),
    OWN,
    {
      only: 'proxy',
    },
  ),
  row(
    'passthrough',
    'on errors too',
    get('/legacy/503', EVIL),
    { ...OWN, status: 503 },
    { only: 'proxy' },
  ),
];

export const rows: readonly GatewayRow[] = [...disguised, ...forms, ...passthrough];
