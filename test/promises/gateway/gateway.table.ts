import type { GatewayRow } from './table/row.js';
import * as http from './table/http.js';
import * as policies from './table/policies.js';
import * as paths from './table/paths.js';
import * as preflights from './table/preflights.js';
import * as upgrades from './table/upgrades.js';

/** What a gateway's CORS is held to, whatever stands between it and its services. */
export const TABLE: readonly GatewayRow[] = [
  ...preflights.rows,
  ...http.rows,
  ...policies.rows,
  ...paths.rows,
  ...upgrades.rows,
];
