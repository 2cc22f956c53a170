import { allowed, bare, denied, fails, get, passes, preflight } from '../../support/row.js';
import { APP, EVIL } from '../../support/origins.js';
import { TENANT } from './support/areas.js';
import { ALL, AT_GATEWAY, row, status, type GatewayRow } from './support/row.js';

const everyone = allowed('*');
const stranger = denied();

const deniedOrigins: readonly GatewayRow[] = [
  ['a look-alike', `${APP}.evil.test`],
  ['another scheme', APP.replace('https', 'http')],
  ['another port', `${APP}:8443`],
  ['null', 'null'],
].map(([name = '', origin]) => row('denied', name, get('/orders/7', origin), stranger));

/** Whether the service is asked depends on both. */
const rejectingVary = ['origin', 'sec-fetch-site'];

const rejecting: readonly GatewayRow[] = [
  row(
    'denied',
    "denied: 'reject' keeps strangers from the service",
    get('/strict/7', EVIL),
    status(403, denied({ vary: rejectingVary })),
    AT_GATEWAY,
  ),
  row(
    'denied',
    "denied: 'reject' lets others in",
    get('/strict/7', APP),
    allowed(APP, { credentials: true, expose: 'X-Total-Count', vary: rejectingVary }),
  ),
];

const perPath: readonly GatewayRow[] = [
  row('policy per path', 'everyone may read the catalogue', get('/catalogue/7', EVIL), everyone),
  row(
    'policy per path',
    'and preflight for it',
    preflight('/catalogue/7', 'PUT', EVIL),
    {
      proxy: passes({ origin: '*', methods: 'PUT' }),
      handler: passes({ origin: '*', methods: ALL }),
    },
    AT_GATEWAY,
  ),
  row('policy per path', 'nobody may read billing', get('/billing/7', APP), bare()),
  row(
    'policy per path',
    'nor preflight for it',
    preflight('/billing/7', 'PUT'),
    fails(),
    AT_GATEWAY,
  ),
  row(
    'policy per path',
    'an asynchronous predicate allows',
    get('/lookup/7', TENANT),
    allowed(TENANT),
  ),
  row('policy per path', 'an asynchronous predicate denies', get('/lookup/7', APP), stranger),
  row(
    'policy per path',
    'an asynchronous predicate, preflight',
    preflight('/lookup/7', 'PUT', TENANT),
    {
      proxy: passes({ origin: TENANT, methods: 'PUT' }),
      handler: passes({ origin: TENANT, methods: ALL }),
    },
    AT_GATEWAY,
  ),
];

export const rows: readonly GatewayRow[] = [...deniedOrigins, ...rejecting, ...perPath];
