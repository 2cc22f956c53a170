import type { IssueCollector } from '../issues/issue-collector.js';
import { reportRedundant } from '../origins/check-redundant.js';
import { readCredentials } from '../origins/read-credentials.js';
import { readOrigins, type ReadOrigins } from '../origins/read-origins.js';

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
  base: PolicyOrigins | 'nothing',
  where: string,
  issues: IssueCollector,
): PolicyOrigins {
  const inherited = base === 'nothing' ? undefined : base;
  return {
    origins:
      inherited !== undefined && source['origin'] === undefined
        ? placedAt(inherited.origins, where)
        : checked(readOrigins(source['origin'], `${where}.origin`, issues), issues),
    credentialed:
      source['credentials'] === undefined
        ? inherited?.credentialed && placedAt(inherited.credentialed, where)
        : checked(readCredentials(source['credentials'], `${where}.credentials`, issues), issues),
  };
}

/** The place of each entry on a list of `credentials`: where it is written, or where it comes in. */
export function credentialsPlace(
  { credentials }: Source,
  where: string,
): (index: number) => string {
  return (index) => `${where}.${credentials === undefined ? 'extends' : `credentials[${index}]`}`;
}

function checked<Read extends ReadOrigins | undefined>(read: Read, issues: IssueCollector): Read {
  if (read !== undefined) reportRedundant(read, issues);
  return read;
}

/** Risks of inherited origins are reported where the policy that is being read makes them its own. */
function placedAt(origins: ReadOrigins, where: string): ReadOrigins {
  const place = `${where}.extends`;
  return { ...origins, reach: origins.reach.map(({ pattern }) => ({ where: place, pattern })) };
}
