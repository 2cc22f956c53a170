/** One row of the grid: what every page tries. */
export interface Call {
  readonly title: string;
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly credentials?: 'include';
}

const JSON_BODY = { 'content-type': 'application/json' };
const SIGNED_IN = { authorization: 'Bearer shop' };

export const CALLS: readonly Call[] = [
  { title: 'read the public catalogue', method: 'GET', path: '/catalogue', headers: {} },
  { title: 'read orders', method: 'GET', path: '/orders', headers: SIGNED_IN },
  {
    title: 'change an order',
    method: 'PUT',
    path: '/orders/7',
    headers: { ...SIGNED_IN, ...JSON_BODY },
    body: '{"total":50}',
  },
  { title: 'delete an order (@NoCors)', method: 'DELETE', path: '/orders/7', headers: SIGNED_IN },
  {
    title: 'an order that is no number: 400',
    method: 'GET',
    path: '/orders/seven',
    headers: SIGNED_IN,
  },
  {
    title: 'malformed JSON: 400',
    method: 'POST',
    path: '/orders',
    headers: { ...SIGNED_IN, ...JSON_BODY },
    body: '{"total":',
  },
  { title: 'orders without signing in: 401', method: 'GET', path: '/orders', headers: {} },
  {
    title: 'the dashboard, with cookies',
    method: 'GET',
    path: '/dashboard',
    headers: {},
    credentials: 'include',
  },
  {
    title: 'save settings, with cookies',
    method: 'PUT',
    path: '/dashboard/settings',
    headers: JSON_BODY,
    body: '{"currency":"EUR"}',
    credentials: 'include',
  },
  { title: 'a page that is not there: 404', method: 'GET', path: '/nothing', headers: {} },
  { title: 'the admin (@NoCors)', method: 'GET', path: '/admin/users', headers: SIGNED_IN },
];
