import { CookiesModule } from '../../sample/recipes/cookies.js';
import { describeRecipe } from './support/recipe.js';

describe('signing in with cookies', () => {
  describeRecipe(CookiesModule, (recipe) => {
    const app = () => recipe.web.page('https://app.example.com');

    it('keeps the session of a page on the same site', async () => {
      expect(await app().fetch('/session', { credentials: 'include' })).toMatchObject({
        status: 401,
      });
      const signedIn = await app().fetch('/session', { method: 'POST', credentials: 'include' });
      expect(signedIn).toBeReadable();
      expect(signedIn.exchange.at(-1)?.refusedCookies).toBeUndefined();
      expect(await app().fetch('/session', { credentials: 'include' })).toMatchObject({
        status: 200,
      });
    });

    it('keeps nothing where the page does not say so', async () => {
      await app().fetch('/session', { method: 'POST' });
      expect(await app().fetch('/session', { credentials: 'include' })).toMatchObject({
        status: 401,
      });
    });

    it('lets another site read without cookies only', async () => {
      const partner = recipe.web.page('https://partner.example');
      expect(await partner.fetch('/session')).toMatchObject({ allowed: true, status: 401 });
      expect(await partner.fetch('/session', { credentials: 'include' })).toBeBlocked();
    });

    it('sends no SameSite=Lax cookie from another site', async () => {
      await app().fetch('/session', { method: 'POST', credentials: 'include' });
      const partner = recipe.web.page('https://partner.example');
      const { exchange } = await partner.fetch('/session', { credentials: 'include' });
      expect(exchange.map(({ headers }) => headers['cookie'])).toEqual([undefined]);
    });
  });
});
