import { EnvironmentModule } from '../../sample/recipes/environment.js';
import { browser } from 'nestjs-cors/testing';
import { PLATFORMS } from '../support/platforms.js';
import { serve, withVariable } from './support/recipe.js';

describe.each(PLATFORMS)('origins from the environment, on %s', (platform) => {
  const startWith = (list: string) =>
    withVariable('CORS_ORIGINS', list, () => serve(platform, EnvironmentModule));

  it('are those that are listed', async () => {
    const app = await startWith('https://app.example.com, https://*.partner.example');
    const web = browser(app);
    expect(await web.page('https://app.example.com').fetch('/orders')).toBeReadable();
    expect(await web.page('https://eu.partner.example').fetch('/orders')).toBeReadable();
    expect(await web.page('https://stranger.example').fetch('/orders')).toBeBlocked();
    await web.close();
    await app.close();
  });

  it.each(['', 'https://app.example.com,', 'app.example.com', 'https://app.example.com/'])(
    'stop the start if the list is %j',
    async (list) => {
      await expect(startWith(list)).rejects.toThrow(/default\.origin/);
    },
  );
});
