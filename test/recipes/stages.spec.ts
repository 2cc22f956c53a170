import { corsOf, StagesModule } from '../../sample/recipes/stages.js';
import { CorsModule } from 'nestjs-cors';
import { browser } from 'nestjs-cors/testing';
import { PLATFORMS } from '../support/platforms.js';
import { serve, withVariable } from './support/recipe.js';

const READERS = [
  { stage: 'development', origin: 'http://localhost:5173', reads: true },
  { stage: 'development', origin: 'https://app.example.com', reads: true },
  { stage: 'development', origin: 'https://stranger.example', reads: false },
  { stage: 'production', origin: 'https://app.example.com', reads: true },
  { stage: 'production', origin: 'http://localhost:5173', reads: false },
];

describe.each(PLATFORMS)('development and production, on %s', (platform) => {
  it.each(READERS)('$stage: $origin reads: $reads', async ({ stage, origin, reads }) => {
    await withVariable('NODE_ENV', stage, async () => {
      const app = await serve(platform, StagesModule);
      const web = browser(app);
      const result = await web.page(origin).fetch('/orders', { credentials: 'include' });
      expect(result.allowed).toBe(reads);
      await web.close();
      await app.close();
    });
  });
});

describe("a stage's options", () => {
  it.each(['development', 'production'])('are valid: %s', (stage) => {
    expect(CorsModule.validate(corsOf(stage))).toMatchObject({ errors: [] });
  });
});
