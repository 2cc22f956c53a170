/**
 * The checks that a response, or the one to a preflight, can fail.
 *
 * @inline
 */
type CorsCheckError =
  | 'MissingAllowOriginHeader'
  | 'WildcardOriginNotAllowed'
  | 'MultipleAllowOriginValues'
  | 'InvalidAllowOriginValue'
  | 'AllowOriginMismatch'
  | 'InvalidAllowCredentials';

/**
 * Why a page may not read a response: Chromium's names, as its developer tools show them, and four of our own for what
 * Chromium reports without a CORS error.
 *
 * - `TypeError`: the script asked for something that `fetch()` throws on; nothing was sent.
 * - `RedirectError`: `redirect: 'error'`, more than 20 redirects, or a redirect that cannot be followed.
 * - `CorpNotSameOrigin`: `Cross-Origin-Resource-Policy` refused a `no-cors` load.
 */
export type CorsErrorName =
  | CorsCheckError
  | `Preflight${CorsCheckError}`
  | 'PreflightInvalidStatus'
  | 'PreflightDisallowedRedirect'
  | 'InvalidAllowMethodsPreflightResponse'
  | 'InvalidAllowHeadersPreflightResponse'
  | 'MethodDisallowedByPreflightResponse'
  | 'HeaderDisallowedByPreflightResponse'
  | 'DisallowedByMode'
  | 'CorsDisabledScheme'
  | 'RedirectContainsCredentials'
  | 'RedirectError'
  | 'CorpNotSameOrigin'
  | 'TypeError';

/** A refusal on its way to becoming a result: the check that failed and the value it failed on. */
export interface Failure<Reason extends CorsErrorName = CorsErrorName> {
  readonly reason: Reason;
  /** The header value, header name, status or URL that the check objected to. */
  readonly detail?: string;
}

export type CorsCheckFailure = Failure<CorsCheckError>;
