import type { CorsErrorName } from '../checks/cors-error.js';
import type { Facts } from './messages.js';
import { OPAQUE } from '../fetch/origin.js';

/** Advice on a failed check: the change that lets it pass or, where it ought not to pass, what to do instead. */
export function advice(reason: CorsErrorName, facts: Facts): string {
  const check = reason.replace(/^Preflight(?=[A-Z])/, '');
  return (ADVICE[reason] ?? ADVICE[check] ?? allowOrigin)(facts);
}

type Advice = (facts: Facts) => string;

const allowOrigin: Advice = ({ origin, policy }) =>
  origin === OPAQUE
    ? 'Any site can send Origin: null, so do not allow it; request the final URL directly, from a page that has an origin'
    : `Add '${origin}' to 'origin' of ${policy}, or leave it out if this site is not meant to read the response`;

const oneOrigin: Advice = ({ policy }) =>
  `Let ${policy} alone write Access-Control-Allow-Origin: exactly one value, the request's origin or '*'`;

const oneList: Advice = ({ policy }) =>
  `Let ${policy} alone write it: names separated by commas, without quotes`;

const ADVICE: Readonly<Record<string, Advice>> = {
  WildcardOriginNotAllowed: ({ origin, policy }) =>
    `Name '${origin}' in 'credentials' of ${policy}, as in credentials: ['${origin}'], if this site may read with cookies; or fetch without credentials`,
  MultipleAllowOriginValues: oneOrigin,
  InvalidAllowOriginValue: oneOrigin,
  InvalidAllowCredentials: ({ origin, policy }) =>
    `Set 'credentials: true' in ${policy}, or name '${origin}' there if it lists origins, or fetch without credentials`,
  PreflightInvalidStatus: ({ policy }) =>
    `Answer preflights before guards and middleware, as ${policy} does when it allows the request`,
  PreflightDisallowedRedirect: () =>
    'Request the URL it redirects to, or answer OPTIONS before redirecting',
  InvalidAllowMethodsPreflightResponse: oneList,
  InvalidAllowHeadersPreflightResponse: oneList,
  MethodDisallowedByPreflightResponse: ({ method, policy }) =>
    method === method.toUpperCase()
      ? `Serve ${method} at this URL and do not leave it out of 'methods' of ${policy}; '*' counts only without credentials`
      : `Method names are case-sensitive: fetch with '${method.toUpperCase()}'`,
  HeaderDisallowedByPreflightResponse: ({ detail, policy }) =>
    `Add '${detail}' to 'allowedHeaders' of ${policy}; '*' counts only without credentials${
      detail === 'authorization' ? " and, by the standard, never for 'authorization'" : ''
    }`,
  DisallowedByMode: () => "Fetch with mode 'cors' and redirect 'follow'",
  CorsDisabledScheme: () => 'Request an http: or https: URL',
  RedirectContainsCredentials: () => 'Redirect to a URL without user info',
  RedirectError: () => 'Request the final URL, or answer without this redirect',
  CorpNotSameOrigin: ({ policy }) =>
    `Set 'resourcePolicy' of ${policy} to 'cross-origin', or fetch with mode 'cors'`,
  TypeError: () => 'Nothing was sent; correct the call',
};
