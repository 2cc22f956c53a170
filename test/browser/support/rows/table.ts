import { BEYOND_FETCH } from './beyond-fetch.js';
import { CACHES } from './caches.js';
import { FETCHES } from './fetches.js';
import { HEADERS } from './headers.js';
import { ORIGINS } from './origins.js';
import { REDIRECTS } from './redirects.js';
import type { Row } from './row.js';

/** The end-to-end table, by number. */
export const ROWS: readonly Row[] = [
  ...FETCHES,
  ...HEADERS,
  ...CACHES,
  ...REDIRECTS,
  ...ORIGINS,
  ...BEYOND_FETCH,
].sort((one, other) => one.number - other.number);
