import { allowed, bare, denied, get, request } from '../../support/row.js';
import { APP, EVIL, PARTNER } from '../../support/origins.js';
import { app, AT_GATEWAY, row, status, UNANSWERED, type GatewayRow } from './support/row.js';

const stranger = denied();

const actual: readonly GatewayRow[] = [
  row('actual response', 'GET', get('/orders/7', APP), app),
  row('actual response', 'POST', request('POST', '/orders/7', APP), status('any', app)),
  row('actual response', 'PUT', request('PUT', '/orders/7', APP), app),
  row('actual response', 'HEAD', request('HEAD', '/orders/7', APP), app),
  row('actual response', 'without an Origin', get('/orders/7'), stranger),
  row('actual response', 'with a query', get('/orders/7?next=/billing/1', APP), app),
  row('actual response', 'a redirect', get('/orders/redirect', APP), status(302, app)),
  row('actual response', 'an event stream', get('/orders/stream', APP), app),
];

/** Each judged by every header line: one Access-Control-Allow-Origin, none of the upstream's. */
const upstream: readonly GatewayRow[] = [
  row(
    'upstream headers',
    "the upstream's '*' reaches no stranger",
    get('/orders/7', EVIL),
    stranger,
  ),
  row(
    'upstream headers',
    "nor on an upstream's error",
    get('/orders/500', EVIL),
    status(500, stranger),
  ),
  row('upstream headers', 'nor on a stream', get('/orders/stream', EVIL), stranger),
  row('upstream headers', 'nor where no site may read', get('/billing/7', EVIL), bare()),
  row(
    'upstream headers',
    "keepExposedHeaders adds the upstream's",
    get('/search/7', PARTNER),
    allowed(PARTNER, { expose: 'X-Total-Count, x-upstream, etag' }),
    { only: 'proxy' },
  ),
  row(
    'upstream headers',
    'keepExposedHeaders, beside credentials',
    get('/exports/7', APP),
    allowed(APP, { credentials: true, expose: 'X-Total-Count, x-upstream, etag' }),
    { only: 'proxy' },
  ),
  row(
    'upstream headers',
    'keepExposedHeaders exposes nothing to strangers',
    get('/search/7', EVIL),
    stranger,
    { only: 'proxy' },
  ),
];

const errors: readonly GatewayRow[] = [
  row('error exit', "the service's 404", get('/orders/404', APP), status(404, app)),
  row('error exit', "the service's 503", get('/orders/503', APP), status(503, app)),
  row(
    'error exit',
    'a service that is down',
    get('/down/7', APP),
    status('error', app),
    AT_GATEWAY,
  ),
  row(
    'error exit',
    'a service that resets',
    get('/orders/reset', APP),
    status('error', app),
    UNANSWERED,
  ),
  row(
    'error exit',
    'a service that never answers',
    get('/late/hang', APP),
    status('error', app),
    UNANSWERED,
  ),
  row(
    'error exit',
    "the gateway's 401",
    get('/orders/7', APP, [['Authorization', 'no']]),
    status(401, app),
    AT_GATEWAY,
  ),
  row(
    'policy per path',
    "the gateway's 404, under the default policy",
    get('/nowhere', PARTNER),
    status(404, allowed(PARTNER)),
    AT_GATEWAY,
  ),
  row(
    'error exit',
    'and for strangers',
    get('/down/7', EVIL),
    status('error', stranger),
    AT_GATEWAY,
  ),
];

export const rows: readonly GatewayRow[] = [...actual, ...upstream, ...errors];
