import { APP, EVIL, PARTNER } from '../../support/origins.js';
import { PLATFORMS, type PlatformName, type Setup } from '../../support/platforms.js';
import type { HeaderLine, RawRequest } from '../../support/raw.js';

/** Whose policy a response has: the controller's, the default's (nothing of Nest's answers), or nobody's. */
export type Policy = 'route' | 'default' | 'nobody';

export interface Exit {
  readonly name: string;
  readonly request: RawRequest;
  /** The same on both platforms, or per platform. */
  readonly status: number | Readonly<Record<Setup['platform'], number>>;
  readonly policy?: Policy | Readonly<Record<Setup['platform'], Policy>>;
  /** Nobody but the hook is there yet when it is answered. */
  readonly beforeInterceptors?: readonly PlatformName[];
  readonly vary?: readonly string[] | Readonly<Record<Setup['platform'], readonly string[]>>;
  /** The response is cut short. */
  readonly broken?: true;
}

const JSON_TYPE: HeaderLine = ['Content-Type', 'application/json'];
export const at = (path: string): RawRequest => ({ path: `/exits/${path}` });
const exit = (path: string, status: Exit['status'], more: Partial<Exit> = {}): Exit => ({
  name: path,
  request: at(path),
  status,
  ...more,
});
const post = (
  name: string,
  status: Exit['status'],
  headers: readonly HeaderLine[],
  body: string,
  beforeInterceptors: readonly PlatformName[] = PLATFORMS,
): Exit => ({
  name,
  status,
  request: { method: 'POST', path: '/exits/created', headers, body },
  beforeInterceptors,
});
const writesVary = { vary: ['accept'] };

export const EXITS: readonly Exit[] = [
  exit('json', 200),
  exit('empty', 204),
  post('created', 201, [JSON_TYPE], '{"a":1}', []),
  exit('redirect', 302, { vary: { express: ['accept'], fastify: [] } }),
  { name: 'HEAD', request: { method: 'HEAD', path: '/exits/json' }, status: 200 },
  {
    name: '304',
    request: { path: '/exits/etag', headers: [['If-None-Match', '"v1"']] },
    status: 304,
  },
  exit('etag', 200),
  exit('unauthorized', 401, { beforeInterceptors: PLATFORMS }),
  exit('forbidden', 403, { beforeInterceptors: PLATFORMS }),
  exit('forbidden-in-handler', 403),
  exit('bad-request', 400),
  exit('pipe/x', 400),
  exit('too-many', 429),
  exit('unavailable', 503),
  exit('crash', 500),
  exit('rejects', 500),
  exit('own-filter', 418),
  exit('resetting-filter', 500),
  exit('own-cors', 200),
  exit('own-cors-crash', 500),
  exit('header-decorator', 200),
  post('malformed JSON', 400, [JSON_TYPE], '{"a":'),
  post('413', 413, [JSON_TYPE], `"${'x'.repeat(120_000)}"`),
  post(
    '415 for a charset',
    { express: 415, fastify: 201 },
    [['Content-Type', 'application/json; charset=nonsense']],
    '{}',
    ['express'],
  ),
  post(
    '415 for a type',
    { express: 201, fastify: 415 },
    [['Content-Type', 'application/xml']],
    '<a/>',
    ['fastify'],
  ),
  {
    name: '404',
    request: { path: '/nowhere' },
    status: 404,
    policy: 'default',
    beforeInterceptors: PLATFORMS,
  },
  {
    name: 'wrong method',
    request: { method: 'DELETE', path: '/exits/json' },
    status: 404,
    beforeInterceptors: PLATFORMS,
  },
  {
    name: 'malformed URL',
    request: { path: '/exits/pipe/%zz' },
    status: 400,
    policy: { express: 'default', fastify: 'nobody' },
    beforeInterceptors: PLATFORMS,
  },
  {
    name: 'over-long parameter',
    request: { path: `/exits/pipe/${'x'.repeat(200)}` },
    status: { express: 400, fastify: 414 },
    policy: { express: 'route', fastify: 'nobody' },
  },
  {
    name: 'middleware',
    request: { path: '/exits/json?closed' },
    status: 401,
    beforeInterceptors: PLATFORMS,
  },
  exit('file', 200),
  exit('stream', 200),
  exit('failing-stream', 200, { broken: true }),
  exit('broken-stream', { express: 400, fastify: 500 }),
  exit('sse', 200),
  exit('res', 202),
  exit('hijack', 200),
  exit('write', 200),
  exit('flush', 200),
  exit('head-bare', 200),
  exit('head-object', 200, writesVary),
  exit('head-flat', 200, writesVary),
  exit('head-pairs', 200, writesVary),
  exit('head-reason', 200, writesVary),
  exit('hints', 200),
  exit('trailers', 200),
];

/** What Node answers before any application sees a request. */
export const NODE: readonly Exit[] = [
  {
    name: 'a header that is none',
    request: { path: '/exits/json', headers: [['Broken Header', 'x']] },
    status: 400,
    policy: 'nobody',
  },
  {
    name: 'headers beyond 16 KiB',
    request: { path: '/exits/json', headers: [['X-Long', 'x'.repeat(20_000)]] },
    status: 431,
    policy: 'nobody',
  },
  {
    name: 'a method that Node does not know',
    request: { method: 'FOO', path: '/exits/json' },
    status: 400,
    policy: 'nobody',
  },
];

export const ORIGINS = ['allowed', 'denied', 'absent'] as const;
type Who = (typeof ORIGINS)[number];

export interface Cell extends Exit {
  readonly who: Who;
}

export const CELLS: readonly Cell[] = [...EXITS, ...NODE].flatMap((each) =>
  ORIGINS.map((who) => ({ ...each, who })),
);

export const HEADERS: Readonly<
  Record<Exclude<Policy, 'nobody'>, { readonly origin: string; readonly cors: readonly string[] }>
> = {
  route: {
    origin: PARTNER,
    cors: [
      'access-control-allow-credentials: true',
      `access-control-allow-origin: ${PARTNER}`,
      'access-control-expose-headers: X-Total-Count',
    ],
  },
  default: { origin: APP, cors: [`access-control-allow-origin: ${APP}`] },
};

export function forPlatform<Value extends number | string | readonly string[]>(
  value: Value | Readonly<Record<Setup['platform'], Value>>,
  { platform }: Setup,
): Value {
  return typeof value === 'object' && 'express' in value ? value[platform] : (value as Value);
}

export function originOf(who: Who, policy: Policy): string | undefined {
  if (who === 'absent') return undefined;
  if (who === 'denied') return EVIL;
  return policy === 'default' ? APP : PARTNER;
}

export function expectedOf(
  cell: Cell,
  setup: Setup,
): { cors: readonly string[]; vary: readonly string[] } {
  const policy = forPlatform<Policy>(cell.policy ?? 'route', setup);
  const vary = forPlatform<readonly string[]>(cell.vary ?? [], setup);
  const beforeInterceptors = cell.beforeInterceptors?.includes(setup.platform) === true;
  const covered = policy !== 'nobody' && (setup.strategy === 'hook' || !beforeInterceptors);
  if (!covered) return { cors: [], vary };
  return {
    cors: cell.who === 'allowed' ? HEADERS[policy].cors : [],
    vary: [...vary, 'origin'].sort(),
  };
}
