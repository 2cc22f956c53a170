import { CorsInspector } from 'nestjs-cors';
import { exportPolicies } from 'nestjs-cors/export';
import { PLATFORMS } from '../../support/platforms.js';
import type { RunningApp } from '../../support/test-app.js';
import { DISPUTED, REQUESTS } from './requests.table.js';
import { askBoth, type Both, permitsMore, unequal } from './support/compare.js';
import {
  checkConfiguration,
  describeEngines,
  type RunningEngine,
  startEngine,
} from './support/engine.js';
import { startShop } from './support/shop.js';
import { observing } from './support/seen.js';

describeEngines('an engine in front of a shop', (engine) => {
  describe.each(PLATFORMS)('on %s', (platform) => {
    let shop: RunningApp;
    let running: RunningEngine;
    let both: Both;

    beforeAll(async () => {
      shop = await startShop(platform);
      const manifest = shop.app.get(CorsInspector).manifest();
      running = await startEngine(engine, (listen) =>
        exportPolicies(manifest, { target: engine, listen, upstream: `127.0.0.1:${shop.port}` }),
      );
      both = { nest: shop.port, edge: running.port, seen: observing(shop.app) };
    });

    afterAll(() => Promise.all([running.close(), shop.close()]));

    it.each(REQUESTS)('%s', async (_name, request) => {
      const pair = await askBoth(both, request);
      expect({ wrong: unequal(pair), ...pair }).toEqual({ wrong: [], ...pair });
    });

    it.each(DISPUTED)('%s permits no more', async (_name, request) => {
      const pair = await askBoth(both, request);
      expect({ more: permitsMore(pair), ...pair }).toEqual({ more: false, ...pair });
    });

    it('accepts the configuration without a complaint', () => {
      const manifest = shop.app.get(CorsInspector).manifest();
      expect(() =>
        checkConfiguration(engine, exportPolicies(manifest, { target: engine })),
      ).not.toThrow();
    });
  });
});
