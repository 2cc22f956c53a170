import { PublicApiModule } from '../../sample/recipes/public-api.js';
import { describeRecipe } from './support/recipe.js';

const OWN = 'https://app.example.com';
const WITH = { credentials: 'include' } as const;
const READERS = [
  { origin: OWN, path: '/catalogue', init: WITH, text: 'for you' },
  { origin: OWN, path: '/catalogue', init: {}, text: 'for everyone' },
  { origin: 'https://any.example', path: '/catalogue', init: {}, text: 'for everyone' },
  { origin: 'https://any.example', path: '/catalogue', init: WITH, text: undefined },
  { origin: OWN, path: '/offers', init: WITH, text: 'for partners' },
  { origin: 'https://eu.partner.example', path: '/offers', init: {}, text: 'for partners' },
  { origin: 'https://eu.partner.example', path: '/offers', init: WITH, text: undefined },
  { origin: 'https://any.example', path: '/offers', init: {}, text: undefined },
];

describe('a public API that your own site reads with cookies', () => {
  describeRecipe(PublicApiModule, (recipe) => {
    it.each(READERS)(
      '$origin reads $path with $init: $text',
      async ({ origin, path, init, text }) => {
        recipe.web.cookies.set('https://api.example.com', 'session=shop; Secure; SameSite=None');
        const result = await recipe.web.page(origin).fetch(path, init);
        expect(result.allowed ? await result.text() : undefined).toBe(text);
      },
    );
  });
});
