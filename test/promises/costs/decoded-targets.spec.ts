import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Exchange } from '../../../lib/platform/exchange.js';
import {
  type FindMyWayConstructor,
  findMyWayOf,
} from '../../../lib/platform/fastify/find-my-way.js';
import { FastifyRouteTable } from '../../../lib/platform/fastify/fastify-routes.js';
import { AdapterRefusals } from '../../../lib/platform/fastify/nest-route-checks.js';
import type { NestRoute } from '../../../lib/routes/nest-route.js';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
const ESCAPES = '%2561'.repeat(99);

/** A table with one pattern for every method, over routers that count how often they decode a target. */
async function countingTable(): Promise<{ table: FastifyRouteTable; decoded: () => number }> {
  const adapter = new FastifyAdapter();
  await adapter.init();
  const findMyWay = findMyWayOf(adapter.getInstance());
  let finds = 0;
  const counting: FindMyWayConstructor = (options) => {
    const router = findMyWay(options);
    const find = router.find.bind(router);
    return Object.assign(router, {
      find: (...asked: Parameters<typeof find>) => {
        finds += 1;
        return find(...asked);
      },
    });
  };
  const table = new FastifyRouteTable(counting, {}, new AdapterRefusals(adapter));
  for (const method of METHODS) {
    const route = { method, path: '/things/:id' } as NestRoute;
    table.add({ method, url: '/things/:id' }, { route, accepts: undefined });
  }
  return { table, decoded: () => finds };
}

const exchange = (url: string): Exchange => ({ url, request: { headers: {} } }) as Exchange;

describe('a target of many escapes, on Fastify', () => {
  it('is decoded once where no route takes it, and not once for each method', async () => {
    const { table, decoded } = await countingTable();
    const routes = table.at(exchange(`/api/${ESCAPES}`));
    expect(METHODS.map((method) => routes.match(method))).toEqual(METHODS.map(() => 'none'));
    expect(decoded()).toBe(1);
  });

  it('is matched by the route of each method where one takes it', async () => {
    const { table } = await countingTable();
    const routes = table.at(exchange('/things/%2561'));
    expect(METHODS.map((method) => routes.match(method))).toEqual(
      METHODS.map((method) => expect.objectContaining({ method })),
    );
  });
});
