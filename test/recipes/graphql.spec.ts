import { OrdersGraphModule } from '../../sample/recipes/graphql.js';
import { describeRecipe } from './support/recipe.js';

const QUERY = {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ query: '{ orders }' }),
  credentials: 'include',
} as const;

describe('GraphQL with Apollo', () => {
  describeRecipe(OrdersGraphModule, (recipe) => {
    it('answers the page that is meant to ask', async () => {
      const result = await recipe.web.page('https://app.example.com').fetch('/graphql', QUERY);
      expect(result).toBeReadable();
      const answer = result.allowed ? await result.json() : undefined;
      expect(answer).toEqual({ data: { orders: ['first', 'second'] } });
      expect(result.exchange.map(({ method }) => method)).toEqual(['OPTIONS', 'POST']);
    });

    it('lets that page read what was wrong with its query', async () => {
      const init = { ...QUERY, body: JSON.stringify({ query: '{ nothing }' }) };
      const result = await recipe.web.page('https://app.example.com').fetch('/graphql', init);
      expect(result).toMatchObject({ allowed: true, status: 400 });
    });

    it('is sent nothing by a stranger', async () => {
      const result = await recipe.web.page('https://stranger.example').fetch('/graphql', QUERY);
      expect(result).toBeBlocked();
      expect(result.exchange.map(({ method }) => method)).toEqual(['OPTIONS']);
    });
  });
});
