import type { PlatformName } from './platforms.js';
import { APP } from './origins.js';
import type { HeaderLine, RawRequest, Until } from './raw.js';

/** The applications that rows run against; each boots once per platform and strategy. */
export type AppName =
  | 'main'
  | 'bare'
  | 'debug'
  | 'narrow'
  | 'versioned'
  | 'header-versioned'
  | 'prefixed'
  | 'paths'
  | 'reject'
  | 'proxied';

type Lines = readonly string[];

export interface Expectation {
  readonly status: number;
  /** Every `Access-Control-*` line, and no other. */
  readonly cors: Lines;
  /** Every name in `Vary`, once, and no other. */
  readonly vary: Lines;
  /** Values of further headers, line by line; `[]` for absent. */
  readonly headers?: Readonly<Record<string, Lines>>;
  readonly body?: string;
}

type PerPlatform = Readonly<Record<PlatformName, Expectation>>;

export interface Row {
  /** The rule in the contract that the row pins. */
  readonly rule: string;
  readonly name: string;
  readonly app: AppName;
  readonly request: RawRequest;
  readonly expected: PerPlatform;
  /** `'hook'`: only strategy `'hook'` can satisfy the row; the other must not send anything wrong. */
  readonly reach: 'both' | 'hook';
  /** Why only the hook reaches it: the categories that the README lists. */
  readonly why?: HookOnly;
  /** `Access-Control-*` lines that the application itself sends, and that nobody replaces without the hook. */
  readonly own?: Lines;
  readonly until?: Until;
}

/** What an interceptor cannot reach. */
export type HookOnly =
  | 'answers of guards'
  | 'answers of middleware'
  | 'answers of body parsers'
  | 'answers of the 404 handler'
  | 'paths beyond Nest'
  | "denied: 'reject'"
  | 'preflights for targets without a route'
  | 'predicates of unrouted requests';

type Extra = Partial<Pick<Row, 'app' | 'reach' | 'why' | 'own' | 'until'>>;

export function row(
  rule: string,
  name: string,
  request: RawRequest,
  expected: Expectation | PerPlatform,
  extra: Extra = {},
): Row {
  const perPlatform = 'status' in expected ? { express: expected, fastify: expected } : expected;
  const reach = extra.why === undefined ? 'both' : 'hook';
  return { rule, name, app: 'main', request, expected: perPlatform, reach, ...extra };
}

/** The same rows against another application. */
export function against(app: AppName, rows: readonly Row[]): readonly Row[] {
  return rows.map((each) => ({ ...each, app }));
}

export function only(why: HookOnly, extra: Extra = {}): Extra {
  return { ...extra, why };
}

// Requests

export function preflight(
  path: string,
  method: string,
  origin = APP,
  requestHeaders?: string,
  further: readonly HeaderLine[] = [],
): RawRequest {
  const headers: HeaderLine[] = [
    ['Origin', origin],
    ['Access-Control-Request-Method', method],
  ];
  if (requestHeaders !== undefined)
    headers.push(['Access-Control-Request-Headers', requestHeaders]);
  return { method: 'OPTIONS', path, headers: [...headers, ...further] };
}

export function request(
  method: string,
  path: string,
  origin?: string,
  further: readonly HeaderLine[] = [],
  body?: string,
): RawRequest {
  const headers: HeaderLine[] = origin === undefined ? [] : [['Origin', origin]];
  return {
    method,
    path,
    headers: [...headers, ...further],
    ...(body === undefined ? {} : { body }),
  };
}

export function get(
  path: string,
  origin?: string,
  further: readonly HeaderLine[] = [],
): RawRequest {
  return request('GET', path, origin, further);
}

// Expectations

const PREFLIGHT_VARY = [
  'origin',
  'access-control-request-method',
  'access-control-request-headers',
];

interface Answer {
  readonly status?: number;
  readonly credentials?: boolean;
  readonly expose?: string;
  readonly vary?: Lines;
  readonly headers?: Expectation['headers'];
  readonly body?: string;
}

/** An actual response that the origin may read. */
export function allowed(origin: string, answer: Answer = {}): Expectation {
  const { credentials = false, expose, vary = origin === '*' ? [] : ['origin'] } = answer;
  return build(answer, vary, [
    ...(credentials ? ['access-control-allow-credentials: true'] : []),
    `access-control-allow-origin: ${origin}`,
    ...(expose === undefined ? [] : [`access-control-expose-headers: ${expose}`]),
  ]);
}

/** An actual response that the origin may not read, or a request without one: nothing but `Vary`. */
export function denied(answer: Answer = {}): Expectation {
  return build(answer, answer.vary ?? ['origin'], []);
}

/** A response without any CORS header, `Vary` included. */
export function bare(answer: Answer = {}): Expectation {
  return build(answer, answer.vary ?? [], []);
}

interface Grant extends Answer {
  readonly origin?: string;
  readonly methods: string;
  /** `Access-Control-Allow-Headers`. */
  readonly allow?: string;
  readonly maxAge?: number;
  /** Names in `Vary` besides the three of every preflight. */
  readonly alsoVary?: Lines;
}

/** A preflight that succeeds. */
export function passes(grant: Grant): Expectation {
  const {
    origin = APP,
    methods,
    allow,
    maxAge = 600,
    credentials = origin === APP,
    status = 204,
  } = grant;
  return build(
    { ...grant, status, body: '' },
    [...PREFLIGHT_VARY, ...(grant.alsoVary ?? [])],
    [
      ...(credentials ? ['access-control-allow-credentials: true'] : []),
      ...(allow === undefined ? [] : [`access-control-allow-headers: ${allow}`]),
      `access-control-allow-methods: ${methods}`,
      `access-control-allow-origin: ${origin}`,
      `access-control-max-age: ${maxAge}`,
    ],
  );
}

/** A preflight that fails: 403 and no `Access-Control-*` at all. */
export function fails(answer: Answer = {}): Expectation {
  return build({ status: 403, body: '', ...answer }, answer.vary ?? PREFLIGHT_VARY, []);
}

/** A failed preflight in debug mode: 204, what passed, and the step that failed. */
export function failsAloud(step: string, cors: Lines, vary: Lines = PREFLIGHT_VARY): Expectation {
  return build({ status: 204, body: '', headers: { 'cors-debug': [step] } }, vary, cors);
}

function build(answer: Answer, vary: Lines, cors: Lines): Expectation {
  return {
    status: answer.status ?? 200,
    cors,
    vary: [...vary].sort(),
    ...(answer.headers === undefined ? {} : { headers: answer.headers }),
    ...(answer.body === undefined ? {} : { body: answer.body }),
  };
}
