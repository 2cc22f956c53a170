import type { Expectation } from '../../support/expectations.js';
import { APP, EVIL } from '../../support/origins.js';
import {
  allowed,
  denied,
  fails,
  get,
  passes,
  preflight,
  request,
  type WireRow,
} from '../../support/row.js';

export type MountedRow = WireRow<Expectation>;

const OUTSIDERS = [['Sec-Fetch-Site', 'cross-site']] as const;
const grant = { origin: APP, credentials: false, maxAge: 600 };

function row(
  promise: string,
  name: string,
  sent: MountedRow['request'],
  expected: Expectation,
): MountedRow {
  return { promise, name, request: sent, expected };
}

/** The inner application allows APP, and the outer one's default allows EVIL. */
export const BY_THE_INNER: readonly MountedRow[] = [
  row('a response', 'its own origin reads it', get('/inner/door', APP), allowed(APP, { body: 'inner' })),
  row('a response', "the outer's origin does not", get('/inner/door', EVIL), denied({ body: 'inner' })),
  row('a response', 'without an origin', get('/inner/door'), denied({ body: 'inner' })),
  row('a response', 'its own 404 is readable', get('/inner/nowhere', APP), allowed(APP, { status: 404 })),
  row('a response', "its own 404 is not the outer's", get('/inner/nowhere', EVIL), denied({ status: 404 })),
  row('a preflight', 'passes by its default', preflight('/inner/door', 'PUT', APP), passes({ ...grant, methods: 'GET, HEAD, PUT' })),
  row('a preflight', "fails for the outer's origin", preflight('/inner/door', 'PUT', EVIL), fails()),
  row('a preflight', 'fails for @NoCors()', preflight('/inner/door/none', 'PUT', APP), fails()),
  row('a preflight', "fails for @NoCors() and the outer's origin", preflight('/inner/door/none', 'PUT', EVIL), fails()),
  row('a preflight', 'of its 404 passes by its default', preflight('/inner/nowhere', 'GET', APP), passes({ ...grant, methods: 'GET' })),
  row('an async predicate', 'allows', get('/inner/door/slow', APP), allowed(APP, { body: 'inner' })),
  row('an async predicate', 'denies', get('/inner/door/slow', EVIL), denied({ body: 'inner' })),
  row('an async predicate', 'allows a preflight', preflight('/inner/door/slow', 'GET', APP), passes({ ...grant, methods: 'GET, HEAD' })),
  row('an async predicate', 'denies a preflight', preflight('/inner/door/slow', 'GET', EVIL), fails()),
  row('a rejecting policy', 'runs no handler', request('POST', '/inner/door/rejects', EVIL, OUTSIDERS, 'x'), denied({ status: 403, vary: ['origin', 'sec-fetch-site'] })),
  row('a rejecting policy', 'fails the preflight', preflight('/inner/door/rejects', 'POST', EVIL), fails()),
  row('@NoCors()', 'no header for anybody', request('PUT', '/inner/door/none', APP), denied({ vary: [] })),
]; // prettier-ignore

/** What is not below the mount. */
export const OUTSIDE: readonly MountedRow[] = [
  row('outside', "the outer's origin reads it", get('/outer', EVIL), allowed(EVIL, { body: 'outer' })),
  row('outside', "the inner's does not", get('/outer', APP), denied({ body: 'outer' })),
  row('outside', 'preflights are its own', preflight('/outer', 'GET', APP), fails()),
]; // prettier-ignore

/** What the inner application calls out of, the outer one answers under its policy. */
export const BACK_TO_THE_OUTER: readonly MountedRow[] = [
  row('called out of', 'the outer route has its policy', get('/inner/door/back', EVIL), allowed(EVIL, { body: 'outer' })),
  row('called out of', 'the inner policy is gone', get('/inner/door/back', APP), denied({ body: 'outer' })),
]; // prettier-ignore

/** With an entry of `paths` the outer application decides alone, by an entry that allows EVIL. */
export const BY_THE_OUTER: readonly MountedRow[] = [
  row('a response', 'the origin of the entry reads it', get('/inner/door', EVIL), allowed(EVIL, { body: 'inner' })),
  row('a response', "the inner's origin does not", get('/inner/door', APP), denied({ body: 'inner' })),
  row('a response', 'a 404 is readable', get('/inner/nowhere', EVIL), allowed(EVIL, { status: 404 })),
  row('a preflight', 'is answered by the entry', preflight('/inner/door', 'PUT', EVIL), passes({ ...grant, origin: EVIL, methods: 'PUT' })),
  row('a preflight', "fails for the inner's origin", preflight('/inner/door', 'PUT', APP), fails()),
  row('a rejecting policy', 'still runs no handler', request('POST', '/inner/door/rejects', EVIL, OUTSIDERS, 'x'), allowed(EVIL, { status: 403, vary: ['origin', 'sec-fetch-site'] })),
]; // prettier-ignore
