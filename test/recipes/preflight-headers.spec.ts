import { PreflightHeadersModule } from '../../sample/recipes/preflight-headers.js';
import { values } from '../support/observe.js';
import { preflight, request } from '../support/row.js';
import { describeRecipe } from './support/recipe.js';

const NAMES = ['Cache-Control', 'Strict-Transport-Security', 'X-Content-Type-Options'];

describe('headers on preflights', () => {
  describeRecipe(PreflightHeadersModule, (recipe) => {
    it.each([
      { origin: 'https://app.example.com', status: 204 },
      { origin: 'https://stranger.example', status: 403 },
    ])('are on the $status of $origin', async ({ origin, status }) => {
      const response = await recipe.send(preflight('/orders/7', 'PUT', origin));
      expect(response.status).toBe(status);
      expect(NAMES.map((name) => values(response, name))).toEqual([
        ['public, max-age=600'],
        ['max-age=31536000'],
        ['nosniff'],
      ]);
    });

    it('are not on the response', async () => {
      const response = await recipe.send(request('PUT', '/orders/7', 'https://app.example.com'));
      expect(NAMES.flatMap((name) => values(response, name))).toEqual([]);
    });
  });
});
