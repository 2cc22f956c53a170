import type { GatewayRow } from './support/row.js';
import * as http from './http.table.js';
import * as policies from './policies.table.js';
import * as paths from './paths.table.js';
import * as preflights from './preflights.table.js';
import * as upgrades from './upgrades.table.js';

/** What a gateway's CORS is held to, whatever stands between it and its services. */
export const TABLE: readonly GatewayRow[] = [
  ...preflights.rows,
  ...http.rows,
  ...policies.rows,
  ...paths.rows,
  ...upgrades.rows,
];
