import { controllerUnder } from '../../support/controller-under.js';
import { APP, EVIL, PARTNER } from '../../support/origins.js';
import { allowed, denied, fails, get, passes, preflight, row } from '../../support/row.js';
import type { Row } from '../../support/row.js';

export const controllers = [
  controllerUnder('options/exact', { origin: 'https://exact.example:8443' }),
  controllerUnder('options/credentials', { origin: APP, credentials: true }),
  controllerUnder('options/methods', { origin: APP, methods: ['PUT'] }),
  controllerUnder('options/methods-string', { origin: APP, methods: 'PUT, DELETE' }),
  controllerUnder('options/no-headers', { origin: APP, allowedHeaders: [] }),
  controllerUnder('options/headers', {
    origin: APP,
    allowedHeaders: ['X-Request-Id', 'Content-Type'],
  }),
  controllerUnder('options/headers-string', {
    origin: APP,
    allowedHeaders: 'X-Request-Id,Authorization',
  }),
  controllerUnder('options/headers-star', { origin: APP, allowedHeaders: '*' }),
  controllerUnder('options/exposed', { origin: APP, exposedHeaders: 'X-One, X-Two' }),
  controllerUnder('options/uncached', { origin: APP, maxAge: -1 }),
  controllerUnder('options/zero', { origin: APP, maxAge: 0 }),
  controllerUnder('options/day', { origin: APP, maxAge: 86400 }),
  controllerUnder('options/status', { origin: APP, optionsSuccessStatus: 200 }),
  controllerUnder('options/vary', {
    origin: (origin, { headers }) => origin === APP && headers['x-tenant'] === 'a',
    vary: ['X-Tenant'],
  }),
  controllerUnder('options/preflight-headers', {
    origin: APP,
    allowedHeaders: [],
    preflightHeaders: {
      'Cache-Control': 'private, max-age=600',
      'Strict-Transport-Security': 'max-age=31536000',
    },
  }),
  controllerUnder('options/closed-preflight-headers', {
    origin: false,
    preflightHeaders: { 'Cache-Control': 'max-age=60' },
  }),
  controllerUnder('options/timing', { origin: [APP, PARTNER], timingAllowOrigin: true }),
  controllerUnder('options/timing-public', { origin: '*', timingAllowOrigin: true }),
  controllerUnder('options/resource', { origin: APP, resourcePolicy: 'cross-origin' }),
  controllerUnder('options/resource-public', { origin: '*', resourcePolicy: 'same-site' }),
];

const at = (name: string): string => `/options/${name}`;
const ALL = 'GET, HEAD, PUT, DELETE';
const OF_PREFLIGHTS = {
  'cache-control': ['private, max-age=600'],
  'strict-transport-security': ['max-age=31536000'],
};
const UNCREDENTIALED = { credentials: false, methods: ALL };

export const rows: readonly Row[] = [
  row(
    'credentials',
    'on responses',
    get(at('credentials'), APP),
    allowed(APP, { credentials: true }),
  ),
  row(
    'credentials',
    'on preflights',
    preflight(at('credentials'), 'PUT'),
    passes({ methods: ALL }),
  ),
  row(
    'denied origins',
    'a denied origin does not learn about credentials',
    get(at('credentials'), EVIL),
    denied(),
  ),
  row(
    'credentials',
    'are off unless asked for',
    get(at('exposed'), APP),
    allowed(APP, { expose: 'X-One, X-Two' }),
  ),
  row(
    'methods',
    'narrows preflights',
    preflight(at('methods'), 'PUT'),
    passes({ credentials: false, methods: 'PUT' }),
  ),
  row('methods', 'refuses what is not on the list', preflight(at('methods'), 'DELETE'), fails()),
  row(
    'methods',
    'GET always passes',
    preflight(at('methods'), 'GET'),
    passes({ credentials: false, methods: 'GET, PUT' }),
  ),
  row(
    'methods',
    'HEAD always passes',
    preflight(at('methods'), 'HEAD'),
    passes({ credentials: false, methods: 'HEAD, PUT' }),
  ),
  row(
    'methods',
    'POST always passes',
    preflight(at('methods'), 'POST'),
    passes({ credentials: false, methods: 'POST' }),
  ),
  row(
    'methods',
    'actual responses do not depend on it',
    { method: 'DELETE', path: at('methods'), headers: [['Origin', APP]] },
    allowed(APP, { body: 'removed' }),
  ),
  row(
    'methods',
    'one string',
    preflight(at('methods-string'), 'DELETE'),
    passes({ credentials: false, methods: 'PUT, DELETE' }),
  ),
  row(
    'methods',
    'default: what the route table serves',
    preflight(at('headers'), 'DELETE'),
    passes(UNCREDENTIALED),
  ),
  row(
    'allowedHeaders',
    '[] refuses every name',
    preflight(at('no-headers'), 'PUT', APP, 'x-request-id'),
    fails(),
  ),
  row(
    'allowedHeaders',
    '[] passes a preflight that asks for none',
    preflight(at('no-headers'), 'PUT'),
    passes(UNCREDENTIALED),
  ),
  row(
    'allowedHeaders',
    'the configured list is answered',
    preflight(at('headers'), 'PUT', APP, 'x-request-id'),
    passes({ ...UNCREDENTIALED, allow: 'X-Request-Id, Content-Type' }),
  ),
  row(
    'allowedHeaders',
    'without regard to case and order',
    preflight(at('headers'), 'PUT', APP, 'CONTENT-TYPE, X-Request-ID'),
    passes({ ...UNCREDENTIALED, allow: 'X-Request-Id, Content-Type' }),
  ),
  row(
    'allowedHeaders',
    'refuses when one is not on the list',
    preflight(at('headers'), 'PUT', APP, 'content-type,x-other'),
    fails(),
  ),
  row(
    'steps of a preflight',
    'no list unless the request asked',
    preflight(at('headers'), 'PUT'),
    passes(UNCREDENTIALED),
  ),
  row(
    'requested headers',
    '__proto__ is not on the list',
    preflight(at('headers'), 'PUT', APP, '__proto__'),
    fails(),
  ),
  row(
    'requested headers',
    'constructor is not on the list',
    preflight(at('headers'), 'PUT', APP, 'constructor'),
    fails(),
  ),
  row(
    'allowedHeaders',
    'one string',
    preflight(at('headers-string'), 'PUT', APP, 'authorization'),
    passes({ ...UNCREDENTIALED, allow: 'X-Request-Id, Authorization' }),
  ),
  row(
    'allowedHeaders',
    "'*' is answered with the names, as browsers do not take it for Authorization",
    preflight(at('headers-star'), 'PUT', APP, 'authorization,x-a'),
    passes({ ...UNCREDENTIALED, allow: 'authorization, x-a' }),
  ),
  row(
    'exposedHeaders',
    'not on preflights',
    preflight(at('exposed'), 'PUT'),
    passes(UNCREDENTIALED),
  ),
  row('exposedHeaders', 'not for a denied origin', get(at('exposed'), EVIL), denied()),
  row(
    'maxAge',
    '−1 sends 0',
    preflight(at('uncached'), 'PUT'),
    passes({ ...UNCREDENTIALED, maxAge: 0 }),
  ),
  row(
    'maxAge',
    '0 sends 0',
    preflight(at('zero'), 'PUT'),
    passes({ ...UNCREDENTIALED, maxAge: 0 }),
  ),
  row('maxAge', 'a day', preflight(at('day'), 'PUT'), passes({ ...UNCREDENTIALED, maxAge: 86400 })),
  row(
    'optionsSuccessStatus',
    '200 with an empty body',
    preflight(at('status'), 'PUT'),
    passes({ ...UNCREDENTIALED, status: 200, headers: { 'content-length': ['0'] } }),
  ),
  row(
    'optionsSuccessStatus',
    'the default is 204 without a length',
    preflight(at('day'), 'PUT'),
    passes({
      ...UNCREDENTIALED,
      maxAge: 86400,
      headers: { 'content-length': [], 'content-type': [] },
    }),
  ),
  row(
    'optionsSuccessStatus',
    'a failure is 403 all the same',
    preflight(at('status'), 'PUT', EVIL),
    fails({ headers: { 'content-length': ['0'] } }),
  ),
  row(
    'vary',
    'on responses',
    get(at('vary'), APP, [['X-Tenant', 'a']]),
    allowed(APP, { vary: ['origin', 'x-tenant'] }),
  ),
  row(
    'vary',
    'on denied responses',
    get(at('vary'), APP, [['X-Tenant', 'b']]),
    denied({ vary: ['origin', 'x-tenant'] }),
  ),
  row(
    'vary',
    'on preflights',
    preflight(at('vary'), 'PUT', APP, undefined, [['X-Tenant', 'a']]),
    passes({ ...UNCREDENTIALED, alsoVary: ['x-tenant'] }),
  ),
  row(
    'preflightHeaders',
    'on a preflight that passes',
    preflight(at('preflight-headers'), 'PUT'),
    passes({ ...UNCREDENTIALED, headers: OF_PREFLIGHTS }),
  ),
  row(
    'preflightHeaders',
    'on one from a denied origin',
    preflight(at('preflight-headers'), 'PUT', EVIL),
    fails({ headers: OF_PREFLIGHTS }),
  ),
  row(
    'preflightHeaders',
    'on one for a denied header',
    preflight(at('preflight-headers'), 'PUT', APP, 'x-a'),
    fails({ headers: OF_PREFLIGHTS }),
  ),
  row(
    'preflightHeaders',
    'beside origin: false',
    preflight(at('closed-preflight-headers'), 'PUT'),
    fails({ headers: { 'cache-control': ['max-age=60'] } }),
  ),
  row(
    'preflightHeaders',
    'not on actual responses',
    get(at('preflight-headers'), APP),
    allowed(APP, { headers: { 'cache-control': [], 'strict-transport-security': [] } }),
  ),
  row(
    'preflightHeaders',
    'none unless asked for',
    preflight(at('exposed'), 'PUT'),
    passes({ ...UNCREDENTIALED, headers: { 'cache-control': [] } }),
  ),
  row(
    'timingAllowOrigin',
    'for the origin allowed',
    get(at('timing'), PARTNER),
    allowed(PARTNER, { headers: { 'timing-allow-origin': [PARTNER] } }),
  ),
  row(
    'timingAllowOrigin',
    'not for a denied one',
    get(at('timing'), EVIL),
    denied({ headers: { 'timing-allow-origin': [] } }),
  ),
  row(
    'timingAllowOrigin',
    'not without an origin',
    get(at('timing')),
    denied({ headers: { 'timing-allow-origin': [] } }),
  ),
  row(
    'timingAllowOrigin',
    "'*' for everyone",
    get(at('timing-public')),
    allowed('*', { headers: { 'timing-allow-origin': ['*'] } }),
  ),
  row(
    'timingAllowOrigin',
    'off unless asked for',
    get(at('exposed'), APP),
    allowed(APP, { expose: 'X-One, X-Two', headers: { 'timing-allow-origin': [] } }),
  ),
  row(
    'resourcePolicy',
    'on allowed responses',
    get(at('resource'), APP),
    allowed(APP, { headers: { 'cross-origin-resource-policy': ['cross-origin'] } }),
  ),
  row(
    'resourcePolicy',
    'on denied responses: it is for loads without CORS',
    get(at('resource'), EVIL),
    denied({ headers: { 'cross-origin-resource-policy': ['cross-origin'] } }),
  ),
  row(
    'resourcePolicy',
    'beside *',
    get(at('resource-public')),
    allowed('*', { headers: { 'cross-origin-resource-policy': ['same-site'] } }),
  ),
  row(
    'resourcePolicy',
    'unset sends none',
    get(at('exact')),
    denied({ headers: { 'cross-origin-resource-policy': [] } }),
  ),
  row(
    "denied: 'omit'",
    'the handler runs, only the headers are missing',
    { method: 'PUT', path: at('credentials'), headers: [['Origin', EVIL]] },
    denied({ body: 'written' }),
  ),
];
