import { APP } from './origins.js';

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
