/** One row of the grid: what every page tries. */
export interface Call {
  /** The policy that the API has it under: a name, or `'@NoCors()'`. */
  readonly policy: string;
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
  {
    policy: 'public',
    title: 'read the public catalogue',
    method: 'GET',
    path: '/catalogue',
    headers: {},
  },
  { policy: 'partners', title: 'read orders', method: 'GET', path: '/orders', headers: SIGNED_IN },
  {
    policy: 'partners',
    title: 'change an order',
    method: 'PUT',
    path: '/orders/7',
    headers: { ...SIGNED_IN, ...JSON_BODY },
    body: '{"total":50}',
  },
  {
    policy: '@NoCors()',
    title: 'delete an order (@NoCors)',
    method: 'DELETE',
    path: '/orders/7',
    headers: SIGNED_IN,
  },
  {
    policy: 'partners',
    title: 'an order that is no number: 400',
    method: 'GET',
    path: '/orders/seven',
    headers: SIGNED_IN,
  },
  {
    policy: 'partners',
    title: 'malformed JSON: 400',
    method: 'POST',
    path: '/orders',
    headers: { ...SIGNED_IN, ...JSON_BODY },
    body: '{"total":',
  },
  {
    policy: 'partners',
    title: 'orders without signing in: 401',
    method: 'GET',
    path: '/orders',
    headers: {},
  },
  {
    policy: 'app',
    title: 'the dashboard, with cookies',
    method: 'GET',
    path: '/dashboard',
    headers: {},
    credentials: 'include',
  },
  {
    policy: 'app',
    title: 'save settings, with cookies',
    method: 'PUT',
    path: '/dashboard/settings',
    headers: JSON_BODY,
    body: '{"currency":"EUR"}',
    credentials: 'include',
  },
  {
    policy: 'app',
    title: 'a page that is not there: 404',
    method: 'GET',
    path: '/nothing',
    headers: {},
  },
  {
    policy: '@NoCors()',
    title: 'the admin (@NoCors)',
    method: 'GET',
    path: '/admin/users',
    headers: SIGNED_IN,
  },
];
