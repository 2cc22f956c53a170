import { PricesModule } from '../../sample/recipes/sse.js';
import { describeRecipe } from './support/recipe.js';

describe('server-sent events', () => {
  describeRecipe(PricesModule, (recipe) => {
    it('can be read by the page with its cookies, as EventSource does', async () => {
      const init = { headers: { accept: 'text/event-stream' }, credentials: 'include' } as const;
      const result = await recipe.web.page('https://app.example.com').fetch('/prices', init);
      expect(result).toBeReadable();
      expect(result.allowed && (await result.text())).toContain('data: {"price":7}');
      expect(result.exchange.map(({ method }) => method)).toEqual(['GET']);
    });

    it('cannot be read by a stranger', async () => {
      expect(await recipe.web.page('https://stranger.example').fetch('/prices')).toBeBlocked();
    });
  });
});
