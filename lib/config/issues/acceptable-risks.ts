/** Codes that `dangerouslyAllow` of a policy may list. Everything else is an error whatever is allowed. */
export const ACCEPTABLE_RISKS: ReadonlySet<string> = new Set([
  'insecure-origin-with-credentials',
  'local-origin-in-production',
  'public-suffix-wildcard',
  'reflects-every-origin',
  'shared-hosting-origin',
]);

/** What `dangerouslyAllow` of the whole application may list. */
export const APPLICATION_RISKS: ReadonlySet<string> = new Set(['debug-in-production']);
