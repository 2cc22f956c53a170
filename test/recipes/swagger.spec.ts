import { DocumentedModule, setUpSwagger } from '../../sample/recipes/swagger.js';
import { describeRecipe } from './support/recipe.js';

const [DOCS, EDITOR] = ['https://docs.example.com', 'https://editor.swagger.io'] as const;

describe('Swagger', () => {
  describeRecipe(
    DocumentedModule,
    (recipe) => {
      it.each([DOCS, EDITOR])('shows its document at %s', async (origin) => {
        const result = await recipe.web.page(origin).fetch('/docs-json');
        expect(result).toBeReadable();
        const document = result.allowed ? await result.json() : {};
        expect(document).toMatchObject({ paths: { '/orders': {} } });
      });

      it('lets "Try it out" call the routes from the own UI, and from no other', async () => {
        const init = { headers: { authorization: 'Bearer shop' } };
        expect(await recipe.web.page(DOCS).fetch('/orders', init)).toBeReadable();
        expect(await recipe.web.page(EDITOR).fetch('/orders', init)).toBeBlocked();
      });

      it('serves its own page, which needs no policy for itself', async () => {
        const page = recipe.web.page('https://api.example.com');
        expect(await page.fetch('/docs')).toMatchObject({ allowed: true, status: 200 });
        expect(await page.fetch('/orders')).toMatchObject({ allowed: true, status: 200 });
      });
    },
    { configure: setUpSwagger },
  );
});
