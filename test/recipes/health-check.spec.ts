import { HealthModule } from '../../sample/recipes/health-check.js';
import { preflight } from '../support/row.js';
import { describeRecipe } from './support/recipe.js';

describe('OPTIONS as a health check', () => {
  describeRecipe(HealthModule, (recipe) => {
    it.each([
      { method: 'OPTIONS', path: '/health', status: 204 },
      { method: 'GET', path: '/health', status: 200 },
      { method: 'OPTIONS', path: '/elsewhere', status: 404 },
    ])('$method $path: $status', async ({ method, path, status }) => {
      expect((await recipe.send({ method, path })).status).toBe(status);
    });

    it('a preflight is answered by the policy, and not by the handler', async () => {
      const answer = (origin: string) => recipe.send(preflight('/health', 'GET', origin));
      expect((await answer('https://app.example.com')).status).toBe(204);
      expect((await answer('https://stranger.example')).status).toBe(403);
    });
  });
});
