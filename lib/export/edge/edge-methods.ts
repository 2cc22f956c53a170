import type { CorsManifest } from '../../inspect/manifest/manifest.js';
import { COMMON_METHODS } from '../../protocol/methods.js';
import { methodsIn } from '../rules/manifest-methods.js';

/** Methods of the IANA registry and of WebDAV that Node parses and browsers may ask for. Others fail every preflight. */
const REQUESTABLE = [
  ...COMMON_METHODS,
  ...(
    'ACL BIND CHECKOUT COPY LINK LOCK M-SEARCH MERGE MKACTIVITY MKCALENDAR MKCOL MOVE NOTIFY PROPFIND PROPPATCH PURGE ' +
    'QUERY REBIND REPORT SEARCH SOURCE SUBSCRIBE UNBIND UNLINK UNLOCK UNSUBSCRIBE'
  ).split(' '),
];

/** A method that the manifest does not name. */
export const OTHER = '*';

/** The methods that an engine tells apart. */
export interface EdgeMethods {
  /** Named by the manifest, and those that every browser knows. */
  readonly named: readonly string[];
  /** All others that may be requested. */
  readonly others: readonly string[];
}

/** The methods of a manifest. */
export function readEdgeMethods(manifest: CorsManifest): EdgeMethods {
  const named = methodsIn([manifest]);
  const requestable = [...named].filter((method) => REQUESTABLE.includes(method));
  return {
    named: requestable,
    others: REQUESTABLE.filter((method) => !named.has(method)),
  };
}

/** By its name each, and one that stands for all others. */
export function representativesOf({ named, others }: EdgeMethods): ReadonlyMap<string, string> {
  return new Map([
    ...named.map((method) => [method, method] as const),
    [OTHER, others[0] ?? 'X-OTHER'],
  ]);
}
