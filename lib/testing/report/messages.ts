import type { CorsErrorName, Failure } from '../checks/cors-error.js';
import { currentUrl, requestOrigin, type FetchRecord } from '../fetch/fetch-record.js';
import { advice } from './advice.js';
import { OPAQUE } from '../fetch/origin.js';

/** The policy of a URL, as far as the application can tell. */
export interface Explanation {
  /** The policy's name. */
  readonly policy?: string;
  /** Where it was chosen, such as `OrdersController.update`. */
  readonly where?: string;
}

/** Looks up the policy of a request for {@link BlockedFetch.message}. */
export type Explain = (
  method: string,
  url: string,
  origin: string,
) => Explanation | undefined | Promise<Explanation | undefined>;

/** A sentence for whoever reads the failing test: what was asked, which check failed on what, and what to change. */
export async function describeFailure(
  failure: Failure,
  record: FetchRecord,
  explain: Explain | undefined,
): Promise<string> {
  const url = currentUrl(record).href;
  const origin = requestOrigin(record);
  const explanation = await explain?.(record.method, url, origin);
  const detail = failure.detail ?? '';
  const facts = { detail, method: record.method, url, origin, policy: namePolicy(explanation) };
  const finding = FINDINGS[failure.reason](facts);
  return `${asked(record, url, origin)}: ${finding}. ${advice(failure.reason, facts)}`;
}

/** Facts that findings and advice are made of. */
export interface Facts {
  readonly detail: string;
  readonly method: string;
  readonly url: string;
  readonly origin: string;
  readonly policy: string;
}

function asked(record: FetchRecord, url: string, origin: string): string {
  const hops = record.urls.length - 1;
  const after = hops === 0 ? '' : ` after ${hops} redirect${hops === 1 ? '' : 's'}`;
  const tainted = origin === OPAQUE && record.page.origin !== OPAQUE;
  const as = tainted ? ' (sent as Origin: null, because the redirects left another origin)' : '';
  return `${record.method} ${url}${after} from ${record.page.origin}${as}`;
}

function namePolicy(explanation: Explanation | undefined): string {
  if (explanation === undefined) return 'the policy of this route';
  const name = explanation.policy === undefined ? 'the policy' : `policy '${explanation.policy}'`;
  return explanation.where === undefined ? name : `${name} at ${explanation.where}`;
}

const CHECKS = {
  MissingAllowOriginHeader: () => 'has no Access-Control-Allow-Origin',
  WildcardOriginNotAllowed: () =>
    "says Access-Control-Allow-Origin: *, which does not count with credentials: 'include'",
  MultipleAllowOriginValues: ({ detail }: Facts) =>
    `has more than one Access-Control-Allow-Origin value: '${detail}'`,
  InvalidAllowOriginValue: ({ detail }: Facts) =>
    `has an Access-Control-Allow-Origin that is not an origin: '${detail}'`,
  AllowOriginMismatch: ({ detail, origin }: Facts) =>
    `allows the origin '${detail}', but the request came from '${origin}'`,
  InvalidAllowCredentials: ({ detail }: Facts) =>
    detail === ''
      ? "has no Access-Control-Allow-Credentials, but the request used credentials: 'include'"
      : `says Access-Control-Allow-Credentials: ${detail}, and only the exact value 'true' counts`,
};

type Finding = (facts: Facts) => string;

const FINDINGS: Readonly<Record<CorsErrorName, Finding>> = {
  ...prefixed('the response ', CHECKS),
  ...preflightFindings(),
  PreflightInvalidStatus: ({ detail }) =>
    `the preflight was answered with status ${detail}, and only 200 to 299 count`,
  PreflightDisallowedRedirect: ({ detail }) =>
    `the preflight was redirected (${detail}), and browsers do not follow that`,
  InvalidAllowMethodsPreflightResponse: ({ detail }) =>
    `the preflight's Access-Control-Allow-Methods is not a list of methods: '${detail}'`,
  InvalidAllowHeadersPreflightResponse: ({ detail }) =>
    `the preflight's Access-Control-Allow-Headers is not a list of header names: '${detail}'`,
  MethodDisallowedByPreflightResponse: ({ detail, method }) =>
    `the preflight allows ${detail === '' ? 'no methods' : detail}, not ${method}`,
  HeaderDisallowedByPreflightResponse: ({ detail }) =>
    `the preflight does not allow the request header '${detail}'`,
  DisallowedByMode: ({ detail }) => `the request's mode '${detail}' does not permit this`,
  CorsDisabledScheme: ({ detail }) => `CORS is for http: and https: URLs, not ${detail}`,
  RedirectContainsCredentials: ({ detail }) =>
    `the response redirects to a URL with a user name or password: ${detail}`,
  RedirectError: ({ detail }) => `the redirect was not followed: ${detail}`,
  CorpNotSameOrigin: () => 'Cross-Origin-Resource-Policy keeps the response from other origins',
  TypeError: ({ detail }) => `fetch() throws a TypeError: ${detail}`,
};

function prefixed<Name extends string>(
  prefix: string,
  findings: Readonly<Record<Name, Finding>>,
): Record<Name, Finding> {
  const entries = Object.entries<Finding>(findings).map(
    ([name, finding]) => [name, (facts: Facts) => prefix + finding(facts)] as const,
  );
  return Object.fromEntries(entries) as Record<Name, Finding>;
}

function preflightFindings(): Record<`Preflight${keyof typeof CHECKS}`, Finding> {
  const entries = Object.entries(prefixed('the preflight ', CHECKS)).map(
    ([name, finding]) => [`Preflight${name}`, finding] as const,
  );
  return Object.fromEntries(entries) as Record<`Preflight${keyof typeof CHECKS}`, Finding>;
}
