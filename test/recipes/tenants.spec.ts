import { TenantsModule } from '../../sample/recipes/tenants.js';
import { describeRecipe } from './support/recipe.js';

const ACME = 'https://acme.shop.example';
const READERS = [
  { origin: ACME, api: 'https://acme.api.example', reads: true },
  { origin: 'https://globex.shop.example', api: 'https://globex.api.example', reads: true },
  { origin: ACME, api: 'https://globex.api.example', reads: false },
  { origin: 'https://evil.test', api: 'https://acme.api.example', reads: false },
  { origin: 'https://x.acme.shop.example', api: 'https://acme.api.example', reads: false },
];

describe('a sub-domain per tenant', () => {
  describeRecipe(
    TenantsModule,
    (recipe) => {
      it.each(READERS)('$origin at $api: $reads', async ({ origin, api, reads }) => {
        const page = recipe.web.page(origin);
        const headers = { 'x-preflighted': 'yes' };
        const result = await page.fetch(`${api}/orders`, { credentials: 'include', headers });
        expect(result.allowed).toBe(reads);
      });

      it('answers by the Host, and a cache has it in its key', async () => {
        const answer = async (host: string) => {
          const headers = [
            ['Host', host],
            ['Origin', ACME],
          ] as const;
          const response = await recipe.send({ path: '/orders', headers });
          return response.headers.filter(([name]) =>
            /^(?:access-control-allow-origin|vary)$/i.test(name),
          );
        };
        const lines = (await answer('acme.api.example')).map((line) =>
          line.join(': ').toLowerCase(),
        );
        expect(lines.sort()).toEqual([`access-control-allow-origin: ${ACME}`, 'vary: origin']);
        expect(await answer('globex.api.example')).toHaveLength(1);
      });
    },
    { apiOrigin: 'https://acme.api.example' },
  );
});
