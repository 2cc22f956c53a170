import { DownloadsModule } from '../../sample/recipes/downloads.js';
import type { FetchResult } from 'nestjs-cors/testing';
import { describeRecipe } from './support/recipe.js';

const seen = (result: FetchResult, name: string): string | null =>
  result.allowed ? result.headers.get(name) : 'blocked';

describe('headers that a script reads', () => {
  describeRecipe(DownloadsModule, (recipe) => {
    const fetch = (path: string) =>
      recipe.web.page('https://app.example.com').fetch(path, { credentials: 'include' });

    it('has the file name of a download', async () => {
      const result = await fetch('/reports/november');
      expect(seen(result, 'Content-Disposition')).toBe('attachment; filename="november.csv"');
    });

    it('has the total of a page, and nothing that is not listed', async () => {
      const result = await fetch('/reports');
      expect(seen(result, 'X-Total-Count')).toBe('230');
      expect(seen(result, 'Vary')).toBeNull();
    });
  });
});
