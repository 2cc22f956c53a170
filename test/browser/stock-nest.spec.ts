import type { INestApplication } from '@nestjs/common';
import { browser, type Browser } from 'nestjs-cors/testing';
import { ENABLE_CORS } from './support/stock/enable-cors.js';
import { RECIPES } from './support/stock/recipes.js';

const CASES = [...RECIPES, ...ENABLE_CORS].flatMap((defect) =>
  defect.platforms.map((platform) => ({ ...defect, platform })),
);

describe('what users would have shipped, in the simulated browser', () => {
  let app: INestApplication | undefined;
  let web: Browser | undefined;

  afterEach(async () => {
    await web?.close();
    await app?.close();
  });

  it.each(CASES)('$platform: $shipped', async ({ platform, stock, meet, broken }) => {
    app = await stock(platform);
    web = browser(app);
    expect(await meet(web)).toEqual(broken);
  });

  it.each(CASES)(
    '$platform, with nestjs-cors instead of: $shipped',
    async ({ platform, ours, meet, right }) => {
      app = await ours(platform);
      web = browser(app);
      expect(await meet(web)).toEqual(right);
    },
  );
});
