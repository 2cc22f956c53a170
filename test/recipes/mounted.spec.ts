import { mountInner, OuterModule } from '../../sample/recipes/mounted.js';
import { describeRecipe } from './support/recipe.js';

const [INNER, OUTER] = ['https://inner.example.com', 'https://outer.example.com'] as const;
const READERS = [
  { origin: INNER, path: '/inner/orders', reads: true },
  { origin: OUTER, path: '/inner/orders', reads: false },
  { origin: INNER, path: '/inner/nothing', reads: true },
  { origin: OUTER, path: '/orders', reads: true },
  { origin: INNER, path: '/orders', reads: false },
];

describe('an application mounted in another', () => {
  describeRecipe(
    OuterModule,
    (recipe) => {
      it.each(READERS)('$origin at $path: $reads', async ({ origin, path, reads }) => {
        const headers = { authorization: 'Bearer shop' };
        const result = await recipe.web.page(origin).fetch(path, { headers });
        expect(result.allowed).toBe(reads);
      });
    },
    { configure: mountInner },
  );
});
