import type { HeaderLine, RawRequest } from '../../support/raw.js';
import { get, preflight, request } from '../../support/requests.js';

const APP = 'https://app.example';
const EVIL = 'https://evil.example';

/** A promise of the export, and a request that would show it broken. */
type EdgeRow = readonly [name: string, request: RawRequest];

const site = (value: string): readonly HeaderLine[] => [['Sec-Fetch-Site', value]];

/** On every platform and engine: what the application answers, the engine answers. */
export const REQUESTS: readonly EdgeRow[] = [
  ['an allowed origin reads', get('/orders', APP)],
  ['a denied origin does not', get('/orders', EVIL)],
  ['no origin', get('/orders')],
  ['a subdomain', get('/orders', 'https://a.b.app.example')],
  ['no subdomain, only its end', get('/orders', 'https://evilapp.example')],
  ['a subdomain as the beginning of a host', get('/orders', 'https://x.app.example.evil.test')],
  ['any port', get('/orders', 'https://dev.example:8443')],
  ['no port', get('/orders', 'https://dev.example')],
  ['the default port, which is none', get('/orders', 'https://dev.example:443')],
  ['a port that is none', get('/orders', 'https://dev.example:65536')],
  ['an origin in capitals', get('/orders', 'https://APP.example')],
  ['the origin of a sandbox', get('/orders', 'null')],
  ['an origin that is too long', get('/orders', `https://${'a.'.repeat(160)}app.example`)],
  ['a path in capitals', get('/ORDERS', APP)],
  ['a trailing slash', get('/orders/', APP)],
  ['a query', get('/orders?next=/prices', APP)],
  ['the static path beside the parameter', get('/orders/export', APP)],
  ['a parameter with an escape', preflight('/orders/caf%C3%A9', 'PUT', APP)],
  ['a preflight', preflight('/orders/7', 'PUT', APP)],
  ['a preflight of a denied origin', preflight('/orders/7', 'PUT', EVIL)],
  ['a preflight for a sibling without CORS', preflight('/orders/7', 'DELETE', APP)],
  ['a preflight for a method that the policy leaves out', preflight('/orders/7', 'PATCH', APP)],
  ['a preflight for a header', preflight('/orders', 'GET', APP, 'x-one')],
  ['a preflight for headers in capitals', preflight('/orders', 'GET', APP, 'X-ONE, content-TYPE')],
  ['a preflight for a header that is not allowed', preflight('/orders', 'GET', APP, 'x-two')],
  ['a preflight for one of both', preflight('/orders', 'GET', APP, 'x-one,x-two')],
  ['a preflight for no header name', preflight('/orders', 'GET', APP, 'x one')],
  ['a preflight for a header where none is allowed', preflight('/orders/7', 'PUT', APP, 'x-one')],
  ['a preflight for open headers', preflight('/prices', 'POST', EVIL, 'x-any,x-other')],
  [
    'a preflight for too many headers',
    preflight(
      '/prices',
      'POST',
      EVIL,
      Array.from({ length: 129 }, (_, index) => `x-${index}`).join(),
    ),
  ],
  ['a preflight for a method that no browser sends', preflight('/prices', 'TRACE', EVIL)],
  ['an unusual method', preflight('/prices', 'PROPFIND', EVIL)],
  ['OPTIONS that is no preflight', request('OPTIONS', '/orders', APP)],
  ['anybody on an open route', get('/prices', EVIL)],
  ['no origin on an open route', get('/prices')],
  ['whoever may send credentials on an open route', get('/prices', APP)],
  ['a preflight with credentials on an open route', preflight('/prices', 'GET', APP)],
  ['an error of a handler', request('POST', '/prices', EVIL, [], '')],
  ['a path without a route', get('/nowhere', EVIL)],
  ['a preflight without a route', preflight('/nowhere', 'DELETE', EVIL)],
  ['a denied origin is turned away', request('PUT', '/orders/7', EVIL, site('cross-site'))],
  ['a denied origin is turned away without Fetch Metadata', request('PUT', '/orders/7', EVIL)],
  ['the own origin is not', request('PUT', '/orders/7', EVIL, site('same-origin'))],
  ['the own origin is known by its host', request('PUT', '/orders/7', 'http://localhost')],
  ['a request that no page made', request('PUT', '/orders/7')],
  ['an allowed origin is let through', request('PUT', '/orders/7', APP, site('cross-site'))],
  ['a prefix of paths', get('/billing/invoices/7', APP)],
  ['a prefix itself', get('/billing', APP)],
  ['no prefix, only its letters', get('/billings', APP)],
  ['a path for some methods', get('/native', 'capacitor://localhost')],
  ['the same for others', request('POST', '/native', 'capacitor://localhost')],
  ['an IPv6 address', get('/native', 'http://[::1]:3000')],
  ['a path without CORS', get('/internal/metrics', APP)],
  ['its preflight', preflight('/internal/metrics', 'GET', APP)],
  ['a path that is left alone', get('/legacy/x', APP)],
  ['its preflight, which goes on', preflight('/legacy/x', 'GET', APP)],
];

/** Forms that routers read in different ways: the engine permits nothing that the application does not. */
export const DISPUTED: readonly EdgeRow[] = [
  ['an encoded letter', preflight('/orders/%65xport', 'PUT', APP)],
  ['an encoded slash', preflight('/billing%2Finvoices', 'GET', APP)],
  ['a doubled slash', preflight('//orders', 'GET', APP)],
  ['dots', preflight('/internal/../billing/x', 'GET', APP)],
  ['encoded dots', preflight('/internal/%2e%2e/billing/x', 'GET', APP)],
  ['a matrix parameter', preflight('/internal;v=1/billing', 'GET', APP)],
  ['a backslash', preflight('/internal\\..\\billing', 'GET', APP)],
  ['NUL', preflight('/billing/%00', 'GET', APP)],
  ['an overlong form', preflight('/billing%c0%afx', 'GET', APP)],
  ['a target with an authority', preflight('http://localhost/billing/x', 'GET', APP)],
  ['a method in small letters', preflight('/orders/7', 'put', APP)],
  ['an empty list of headers', preflight('/orders', 'GET', APP, '')],
];
