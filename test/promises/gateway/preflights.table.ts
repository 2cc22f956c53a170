import { fails, preflight, request } from '../../support/row.js';
import { APP, EVIL } from '../../support/origins.js';
import { app, AT_GATEWAY, granted, row, type GatewayRow } from './support/row.js';

export const rows: readonly GatewayRow[] = [
  row('preflight', 'for PUT', preflight('/orders/7', 'PUT'), granted('PUT'), AT_GATEWAY),
  row('preflight', 'for DELETE', preflight('/orders/7', 'DELETE'), granted('DELETE'), AT_GATEWAY),
  row(
    'preflight',
    'with header names',
    preflight('/orders/7', 'PUT', APP, 'authorization,x-tenant'),
    granted('PUT', 'authorization, x-tenant'),
    AT_GATEWAY,
  ),
  row('preflight', 'of a stranger', preflight('/orders/7', 'PUT', EVIL), fails(), AT_GATEWAY),
  row(
    'preflight',
    'of a look-alike',
    preflight('/orders/7', 'PUT', `${APP}.evil.test`),
    fails(),
    AT_GATEWAY,
  ),
  row('preflight', 'of null', preflight('/orders/7', 'PUT', 'null'), fails(), AT_GATEWAY),
  row(
    'preflight',
    'of a service that is down',
    preflight('/down/7', 'PUT'),
    granted('PUT'),
    AT_GATEWAY,
  ),
  row(
    'preflight',
    'without credentials, before a guard that wants some',
    preflight('/orders/7', 'PUT', APP, 'authorization', [['Authorization', 'no']]),
    granted('PUT', 'authorization'),
    AT_GATEWAY,
  ),
  row(
    'preflight',
    'an OPTIONS request that is none reaches the service',
    request('OPTIONS', '/orders/7', APP),
    app,
  ),
];
