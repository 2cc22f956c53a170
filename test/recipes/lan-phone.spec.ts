import { corsOf, LanModule } from '../../sample/recipes/lan-phone.js';
import { CorsModule } from 'nestjs-cors';
import { describeRecipe } from './support/recipe.js';

const PHONE = 'http://192.168.1.20:5173';

describe('a phone in the LAN, over http', () => {
  describeRecipe(
    LanModule,
    (recipe) => {
      it.each([PHONE, 'http://localhost:5173'])('%s reads with cookies', async (origin) => {
        recipe.web.cookies.set('http://192.168.1.20:3000', 'session=shop');
        const result = await recipe.web.page(origin).fetch('/orders', { credentials: 'include' });
        expect(result).toBeReadable();
      });

      it('sends the cookie of another port of its address', async () => {
        recipe.web.cookies.set('http://192.168.1.20:3000', 'session=shop');
        const { exchange } = await recipe.web
          .page(PHONE)
          .fetch('/orders', { credentials: 'include' });
        expect(exchange.at(-1)?.headers['cookie']).toBe('session=shop');
      });

      it('no other address reads', async () => {
        expect(await recipe.web.page('http://192.168.1.21:5173').fetch('/orders')).toBeBlocked();
      });
    },
    { apiOrigin: 'http://192.168.1.20:3000' },
  );

  it('production knows nothing of it', () => {
    expect(CorsModule.validate(corsOf('production'))).toMatchObject({ errors: [], warnings: [] });
  });
});
