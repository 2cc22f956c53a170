import * as actual from './conformance/actual.js';
import * as beyond from './conformance/beyond.js';
import * as options from './conformance/options.js';
import * as overlap from './conformance/overlap.js';
import * as predicates from './conformance/predicates.js';
import * as preflight from './conformance/preflight.js';
import * as reject from './conformance/reject.js';
import * as resolution from './conformance/resolution.js';
import * as routing from './conformance/routing.js';
import type { Row } from './conformance/row.js';
import * as unrouted from './conformance/unrouted.js';

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
