import { FormPostsModule } from '../../sample/recipes/form-posts.js';
import { corsLines } from '../support/observe.js';
import { request } from '../support/row.js';
import { describeRecipe } from './support/recipe.js';

describe('form posts from another site', () => {
  describeRecipe(FormPostsModule, (recipe) => {
    const post = (path: string, origin: string) => recipe.send(request('POST', path, origin));

    it.each(['https://idp.example', 'null'])('reach the open handler from %s', async (origin) => {
      const response = await post('/session/saml', origin);
      expect(response.status).toBe(201);
      expect(corsLines(response)).toEqual([]);
    });

    it.each(['https://idp.example', 'null'])('reach no other from %s', async (origin) => {
      expect((await post('/session', origin)).status).toBe(403);
    });

    it('the own page signs in as ever', async () => {
      const page = recipe.web.page('https://app.example.com');
      expect(await page.fetch('/session', { method: 'POST' })).toBeReadable();
      expect(await page.fetch('/session/saml', { method: 'POST' })).toBeBlocked();
    });
  });
});
