import { jest } from '@jest/globals';
import { DatabaseModule, PartnerOrigins, PartnersTable } from '../../sample/recipes/database.js';
import { describeRecipe } from './support/recipe.js';

const [A, C] = ['https://a.partner.example', 'https://c.partner.example'] as const;

describe('origins in a database', () => {
  describeRecipe(DatabaseModule, (recipe) => {
    let read: jest.SpiedFunction<PartnersTable['origins']>;
    const orders = (origin: string) => recipe.web.page(origin).fetch('/orders');

    beforeEach(() => {
      read = jest.spyOn(recipe.app.get(PartnersTable), 'origins');
      recipe.app.get(PartnerOrigins).forget();
    });
    afterEach(() => read.mockRestore());

    it('are read once for many requests', async () => {
      const results = await Promise.all([orders(A), orders(A), orders('https://stranger.example')]);
      expect(results.map(({ allowed }) => allowed)).toEqual([true, true, false]);
      expect(await orders(A)).toBeReadable();
      expect(read).toHaveBeenCalledTimes(1);
    });

    it('are read again after a change', async () => {
      expect(await orders(C)).toBeBlocked();
      read.mockResolvedValue([C]);
      recipe.app.get(PartnerOrigins).forget();
      expect(await orders(C)).toBeReadable();
      expect(await orders(A)).toBeBlocked();
    });

    it('deny while the database is down, and recover with it', async () => {
      read.mockRejectedValueOnce(new Error('the database is down'));
      expect(await orders(A)).toBeBlocked();
      expect(await orders(A)).toBeReadable();
    });
  });
});
