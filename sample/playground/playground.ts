import type { INestApplication } from '@nestjs/common';
import { CorsConfigurationError } from 'nestjs-cors';
import { CALLS } from './calls.js';
import { readOwn, servePages } from './pages.js';
import { placesFrom, type Places } from './places.js';
import { firstPolicies, type Mistake, type PolicyTexts, readPolicies } from './policies.js';
import { Shop } from './shop.js';

/** A running playground. */
export interface Playground {
  /** The API as it is now: other policies are another application. */
  readonly app: INestApplication;
  readonly places: Places;
  close(): Promise<void>;
}

/** Starts the shop and the three sites, on this port and the four after it. */
export async function startPlayground(port: number, fastify = false): Promise<Playground> {
  const places = placesFrom(port);
  const shop = new Shop(port, fastify);
  const first = firstPolicies(places);
  await change(shop, first);
  const { api, index, sites } = places;
  const sitePages = sites.map((site) =>
    servePages(site.origin, 'site.html', (path) =>
      path === '/config.json' ? { site, api, index, calls: CALLS } : undefined,
    ),
  );
  const indexPages = servePages(index, 'index.html', async (path, request) => {
    if (path === '/config.json') return { api, sites, calls: CALLS, policies: first };
    const texts = path === '/policies' ? await readOwn(request, index) : undefined;
    return texts === undefined ? undefined : { mistakes: await change(shop, texts as PolicyTexts) };
  });
  const servers = await Promise.all([...sitePages, indexPages]);
  const close = async (): Promise<void> => {
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
    await shop.close();
  };
  return { places, close, get app() { return shop.app; } }; // prettier-ignore
}

/** Puts policies in force, or says why they cannot be. */
async function change(shop: Shop, texts: PolicyTexts): Promise<readonly Mistake[]> {
  const read = readPolicies(texts);
  if (!('policies' in read)) return read as readonly Mistake[];
  try {
    await shop.open(read);
    return [];
  } catch (error) {
    if (!(error instanceof CorsConfigurationError)) throw error;
    return error.issues.map(({ where, message }) => ({
      policy: 'app',
      message: `${where}: ${message}`,
    }));
  }
}
