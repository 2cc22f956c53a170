import type { Expectation } from './expectations.js';
import type { PlatformName } from './platforms.js';
import type { RawRequest, Until } from './raw.js';

export * from './expectations.js';
export * from './requests.js';

/** A promise on the wire: what is sent, and every CORS header that comes back. Rows of every table are made of it. */
export interface WireRow<Expected, Promise extends string = string> {
  /** The promise that the row pins, in words. */
  readonly promise: Promise;
  readonly name: string;
  readonly request: RawRequest;
  readonly expected: Expected;
}

type PerPlatform = Readonly<Record<PlatformName, Expectation>>;

/** A row for {@link describeTable}: over both platforms and both strategies. */
export interface Row extends WireRow<PerPlatform> {
  /** The application that it runs against, one of those given with the table. */
  readonly app: string;
  /** Why only strategy `'hook'` reaches it: the other must not send anything wrong, no more. */
  readonly why?: HookOnly;
  /** `Access-Control-*` lines that the application itself sends, and that nobody replaces without the hook. */
  readonly own?: readonly string[];
  readonly until?: Until;
}

/** Out of an interceptor's reach. */
export type HookOnly =
  | 'answers of guards'
  | 'answers of middleware'
  | 'answers of body parsers'
  | 'answers of the 404 handler'
  | 'paths beyond Nest'
  | "'paths' and 'passthrough' on handlers"
  | "denied: 'reject'"
  | 'preflights for targets without a route'
  | 'predicates of unrouted requests';

type Extra = Partial<Pick<Row, 'app' | 'why' | 'own' | 'until'>>;

export function row(
  promise: string,
  name: string,
  request: RawRequest,
  expected: Expectation | PerPlatform,
  extra: Extra = {},
): Row {
  const perPlatform = 'status' in expected ? { express: expected, fastify: expected } : expected;
  return { promise, name, app: 'main', request, expected: perPlatform, ...extra };
}

/** The same rows against another application. */
export function against(app: string, rows: readonly Row[]): readonly Row[] {
  return rows.map((each) => ({ ...each, app }));
}

export function only(why: HookOnly, extra: Extra = {}): Extra {
  return { ...extra, why };
}
