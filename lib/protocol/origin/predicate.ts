import type { IncomingMessage } from 'node:http';

/**
 * Decides about an origin that no list can enumerate. Called only with an `Origin` that is valid by the Fetch grammar.
 *
 * It must settle within one second. A predicate that throws, rejects, returns anything but a boolean or does not settle
 * in time denies the origin and is logged; it never makes the request fail.
 */
export type CorsOriginPredicate = (
  origin: string,
  request: IncomingMessage,
) => boolean | Promise<boolean>;
