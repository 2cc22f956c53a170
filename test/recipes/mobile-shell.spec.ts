import { ShellModule } from '../../sample/recipes/mobile-shell.js';
import { describeRecipe } from './support/recipe.js';

const SHELLS = [
  'capacitor://localhost',
  'https://localhost',
  'tauri://localhost',
  'http://tauri.localhost',
  'https://tauri.localhost',
];

describe('a mobile or desktop shell', () => {
  describeRecipe(ShellModule, (recipe) => {
    const put = (origin: string, headers: Readonly<Record<string, string>>) =>
      recipe.web.page(origin).fetch('/orders/7', { method: 'PUT', headers });

    it.each(SHELLS)('%s may write with a token', async (origin) => {
      const headers = { authorization: 'Bearer shop', 'content-type': 'application/json' };
      expect(await put(origin, headers)).toBeReadable();
    });

    it.each(['http://localhost', 'https://localhost:8443', 'ionic://localhost', 'null'])(
      '%s may not',
      async (origin) => {
        expect(await put(origin, { authorization: 'Bearer shop' })).toBeBlocked();
      },
    );

    it('may send no other header', async () => {
      expect(await put('tauri://localhost', { 'x-other': '1' })).toBeBlocked();
    });
  });
});
