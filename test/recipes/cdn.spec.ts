import { BehindCdnModule } from '../../sample/recipes/cdn.js';
import { values, varyNames } from '../support/observe.js';
import { get, preflight } from '../support/row.js';
import { describeRecipe } from './support/recipe.js';

const [APP, ADMIN] = ['https://app.example.com', 'https://admin.example.com'] as const;

describe('a CDN in front', () => {
  describeRecipe(BehindCdnModule, (recipe) => {
    it('one copy serves everyone where everyone may read', async () => {
      const answers = [
        get('/catalogue'),
        get('/catalogue', APP),
        get('/catalogue', 'https://x.test'),
      ];
      for (const request of answers) {
        const response = await recipe.send(request);
        expect(values(response, 'access-control-allow-origin')).toEqual(['*']);
        expect(varyNames(response)).toEqual([]);
      }
    });

    it.each([undefined, APP, ADMIN, 'https://x.test'])(
      'a copy for %s says that it depends on the origin',
      async (origin) => {
        expect(varyNames(await recipe.send(get('/orders', origin)))).toEqual(['origin']);
      },
    );

    it('preflights can be kept, and say what they depend on', async () => {
      const response = await recipe.send(preflight('/orders/7', 'PUT', ADMIN));
      expect(values(response, 'cache-control')).toEqual(['public, max-age=600']);
      expect(varyNames(response)).toEqual([
        'access-control-request-headers',
        'access-control-request-method',
        'origin',
      ]);
    });
  });
});
