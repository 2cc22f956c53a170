import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { Addressed } from '../protocol/cross-origin.js';

/** Protocols that a trusted proxy names in `X-Forwarded-Proto`; some name the protocol of the upgrade (Traefik). */
const SCHEMES: ReadonlyMap<string, 'http' | 'https'> = new Map([
  ['http', 'http'],
  ['ws', 'http'],
  ['https', 'https'],
  ['wss', 'https'],
]);

/**
 * The server as it was addressed. Its scheme is known on a TLS socket, and where a trusted proxy names it; a plain socket alone
 * says nothing, because a proxy may have ended TLS.
 *
 * @param forwardedProto the proxy's word, where the platform trusts that proxy
 */
export function addressedAs(
  { socket }: IncomingMessage,
  authority: string | undefined,
  forwardedProto?: string,
): Addressed {
  const named = SCHEMES.get((forwardedProto ?? '').trim().toLowerCase());
  const own = (socket as Partial<TLSSocket>).encrypted ? 'https' : undefined;
  return { authority, scheme: named ?? own };
}
