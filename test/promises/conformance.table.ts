import * as actual from './exits/responses.table.js';
import * as beyond from './paths/paths.table.js';
import * as options from './policy/options.table.js';
import * as overlap from './preflight/listed-methods.table.js';
import * as predicates from './origins/predicates.table.js';
import * as preflight from './preflight/preflight.table.js';
import * as reject from './reject/reject.table.js';
import * as resolution from './policy/resolution.table.js';
import * as routing from './router/routing.table.js';
import type { Row } from '../support/row.js';
import * as unrouted from './paths/unrouted.table.js';

/** The contract, row by row: what is sent, and every CORS header that comes back. */
export const TABLE: readonly Row[] = [
  ...resolution.rows,
  ...options.rows,
  ...preflight.rows,
  ...overlap.rows,
  ...unrouted.rows,
  ...routing.rows,
  ...actual.rows,
  ...predicates.rows,
  ...beyond.rows,
  ...reject.rows,
];
