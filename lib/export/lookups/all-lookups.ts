import type { EdgeTable } from '../edge/edge-table.js';
import { grantLookups } from './grant-lookups.js';
import type { HeaderLookup } from './header-lookups.js';
import type { Lookup } from './lookup.js';
import { policyLookups } from './policy-lookups.js';
import { requestLookups } from './request-lookups.js';
import { statusLookups } from './status-lookups.js';

/** Everything that an engine looks up, each after those that it reads. */
export function allLookups(table: EdgeTable, headers: readonly HeaderLookup[]): readonly Lookup[] {
  return [
    ...requestLookups(table),
    ...policyLookups(table),
    ...grantLookups(table),
    ...statusLookups(table),
    ...headers.flatMap(({ lookups }) => lookups),
  ];
}
