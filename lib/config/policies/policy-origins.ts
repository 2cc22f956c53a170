import type { IssueCollector } from '../issues/issue-collector.js';
import { isLiveOrigins } from '../live/live-origins.js';
import { checkLiveOrigins, type LivePlace } from './live-shape.js';
import { redundancies } from '../origins/check-redundant.js';
import { readCredentials } from '../origins/read-credentials.js';
import { readOrigins, UNLISTED, type ReadOrigins } from '../origins/read-origins.js';

/** The origins of a policy, read. */
export interface PolicyOrigins {
  readonly origins: ReadOrigins;
  /** Those that may send credentials, where they are listed. */
  readonly credentialed?: ReadOrigins | undefined;
}

type Source = Record<string, unknown>;

/** The origins of a policy. Those that come through `extends` were read and audited where they were written. */
export function readPolicyOrigins(
  source: Source,
  base: PolicyOrigins | undefined,
  where: string,
  issues: IssueCollector,
  live: LivePlace,
): PolicyOrigins {
  return {
    origins:
      base !== undefined && source['origin'] === undefined
        ? placedAt(base.origins, where)
        : readOwn(source['origin'], `${where}.origin`, live, issues),
    credentialed:
      source['credentials'] === undefined
        ? base?.credentialed && placedAt(base.credentialed, where)
        : checked(
            readCredentials(source['credentials'], `${where}.credentials`, issues),
            where,
            issues,
          ),
  };
}

/** The place of each entry on a list of `credentials`: where it is written, or where it comes in. */
export function credentialsPlace(
  { credentials }: Source,
  where: string,
): (index: number) => string {
  return (index) => `${where}.${credentials === undefined ? 'extends' : `credentials[${index}]`}`;
}

function readOwn(
  origin: unknown,
  where: string,
  live: LivePlace,
  issues: IssueCollector,
): ReadOrigins {
  if (!isLiveOrigins(origin)) return checked(readOrigins(origin, where, issues), where, issues);
  checkLiveOrigins(origin, where, live, issues);
  return UNLISTED;
}

function checked<Read extends ReadOrigins | undefined>(
  read: Read,
  where: string,
  issues: IssueCollector,
): Read {
  if (read === undefined) return read;
  for (const _ of redundancies(read, where, issues)); // nobody waits for the pauses
  return read;
}

/** Risks of inherited origins are reported where the policy that is being read makes them its own. */
export function placedAt(origins: ReadOrigins, where: string): ReadOrigins {
  const place = `${where}.extends`;
  return { ...origins, reach: origins.reach.map(({ pattern }) => ({ where: place, pattern })) };
}
