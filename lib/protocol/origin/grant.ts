import type { CompiledPolicy } from '../compiled-policy.js';

/** How far a policy lets a request's origin in. */
export interface Grant {
  /** It may read. */
  readonly allowed: boolean;
  /** It may read what was requested with credentials. Never without {@link allowed}. */
  readonly credentials: boolean;
}

/** The grant of an origin that the policy was asked about. */
export function grantOf(
  policy: CompiledPolicy,
  origin: string | undefined,
  allowed: boolean,
): Grant {
  return { allowed, credentials: allowed && mayBeCredentialed(policy, origin) };
}

/** The policy lets the origin, if it lets it in at all, send credentials. */
export function mayBeCredentialed(
  { credentials, credentialed }: CompiledPolicy,
  origin: string | undefined,
): boolean {
  if (!credentials || credentialed === undefined) return credentials;
  return origin !== undefined && credentialed.allows(origin);
}
