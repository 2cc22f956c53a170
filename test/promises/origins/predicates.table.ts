import { Controller, Get, type Type } from '@nestjs/common';
import { CorsPolicy } from 'nestjs-cors';
import type { CorsOriginPredicate } from 'nestjs-cors';
import { controllerUnder } from '../../support/controller-under.js';
import { APP, EVIL, PARTNER } from '../../support/origins.js';
import { allowed, denied, fails, get, only, passes, preflight, row } from '../../support/row.js';
import type { Row } from '../../support/row.js';

/** Another route, where middleware sends a request after its predicate was asked. */
@CorsPolicy({ origin: PARTNER })
@Controller('exits')
class ElsewhereController {
  @Get('json') read(): object {
    return { ok: true };
  }
}

function predicate(
  name: string,
  origin: CorsOriginPredicate | readonly CorsOriginPredicate[],
): Type {
  return controllerUnder(`predicates/${name}`, { origin });
}

const known = (origin: string): boolean => origin === APP;
const later = async (origin: string): Promise<boolean> => {
  await new Promise((resolve) => setImmediate(resolve));
  return known(origin);
};

export const controllers = [
  ElsewhereController,
  predicate('sync', known),
  predicate('async', later),
  predicate(
    'request',
    (origin, { headers, url }) =>
      known(origin) && headers['x-key'] === 'k' && url?.startsWith('/predicates') === true,
  ),
  predicate('throws', (origin) => {
    if (known(origin)) throw new Error('no database');
    return false;
  }),
  predicate('rejects', async (origin) => {
    await later(origin);
    throw new Error('no database');
  }),
  predicate('truthy', ((origin: string) =>
    known(origin) ? 'yes' : '') as unknown as CorsOriginPredicate),
  predicate('async-truthy', (async (origin: string) =>
    (await later(origin)) ? 1 : 0) as unknown as CorsOriginPredicate),
  predicate('hangs', (origin) => (known(origin) ? new Promise<boolean>(() => {}) : false)),
  predicate('several', [
    later,
    (origin) => origin === 'https://second.example',
    async () => Promise.reject(new Error('last')),
  ]),
  predicate('picky', (origin) => {
    if (!/^https:\/\/[a-z.]+$/.test(origin)) throw new Error('called without a valid origin');
    return known(origin);
  }),
];

const at = (name: string): string => `/predicates/${name}`;
const granted = passes({ credentials: false, methods: 'GET, HEAD, PUT, DELETE' });

/** Where middleware rewrites the URL the route that runs is not the one predicted; on Fastify routing is over by then. */
const lost = allowed(APP, { credentials: true, status: 404 });
const rewritten: readonly Row[] = [
  row(
    'predicates',
    'another route ran than predicted: what was decided for the predicted one does not count',
    get('/predicates/sync?to=/exits/json', APP),
    { express: denied({ body: '{"ok":true}' }), fastify: allowed(APP, { body: 'read' }) },
    only('answers of middleware'),
  ),
  row(
    'predicates',
    'another route ran than predicted: a predicate that answers at once is asked',
    get('/rewritten?to=/predicates/sync', APP),
    { express: allowed(APP, { body: 'read' }), fastify: lost },
    only('answers of middleware'),
  ),
  row(
    'predicates',
    'another route runs than predicted: its predicate is awaited before its handler',
    get('/rewritten?to=/predicates/async', APP),
    { express: allowed(APP, { body: 'read' }), fastify: lost },
    only('answers of middleware'),
  ),
  row(
    'predicates',
    'another route ran than predicted: neither throws',
    get('/rewritten?to=/predicates/throws', APP),
    { express: denied({ body: 'read' }), fastify: lost },
    only('answers of middleware'),
  ),
];

export const rows: readonly Row[] = [
  ...['sync', 'async', 'several', 'picky'].flatMap((name) => [
    row('predicates', `${name}: allowed`, get(at(name), APP), allowed(APP)),
    row('predicates', `${name}: denied`, get(at(name), EVIL), denied()),
    row('predicates', `${name}: no Origin`, get(at(name)), denied()),
    row(
      'predicates',
      `${name}: not asked about what is no origin`,
      get(at(name), 'null'),
      denied(),
    ),
    row('predicates', `${name}: preflight`, preflight(at(name), 'PUT'), granted),
    row('predicates', `${name}: preflight denied`, preflight(at(name), 'PUT', EVIL), fails()),
  ]),
  row(
    'predicates',
    'has the request at hand',
    get(at('request'), APP, [['X-Key', 'k']]),
    allowed(APP),
  ),
  row('predicates', 'and may deny by it', get(at('request'), APP), denied()),
  row(
    'predicates',
    'several: the second one allows',
    get(at('several'), 'https://second.example'),
    allowed('https://second.example'),
  ),
  ...['throws', 'rejects', 'truthy', 'async-truthy'].flatMap((name) => [
    row(
      'predicates',
      `${name}: denies, and the handler runs`,
      get(at(name), APP),
      denied({ body: 'read' }),
    ),
    row('predicates', `${name}: preflight fails`, preflight(at(name), 'PUT'), fails()),
  ]),
  row(
    'predicates',
    'hangs: denies after a second',
    get(at('hangs'), APP),
    denied({ body: 'read' }),
  ),
  ...rewritten,
  row(
    'predicates',
    'a default with a predicate: the 404',
    get('/nowhere', APP),
    allowed(APP, { status: 404 }),
    only('predicates of unrouted requests', { app: 'a default with a predicate' }),
  ),
  row(
    'predicates',
    'a default with a predicate: the 404 denied',
    get('/nowhere', EVIL),
    denied({ status: 404 }),
    only('predicates of unrouted requests', { app: 'a default with a predicate' }),
  ),
];
