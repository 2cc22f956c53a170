import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { browser, corsMatchers, type Browser, type CorsMatchers } from 'nestjs-cors/testing';
import { AppModule } from '../../sample/shop/app.module.js';
import { createAdapter, PLATFORMS } from './support/nest-app.js';

declare global {
  namespace jest {
    interface Matchers<R> extends CorsMatchers<R> {}
  }
}

expect.extend(corsMatchers);

/** The ten assertions of `docs/testing.md`, one by one. */
describe.each(PLATFORMS)('cookbook, on %s', (platform) => {
  let app: INestApplication;
  let web: Browser;

  beforeAll(async () => {
    const module = await Test.createTestingModule({ imports: [AppModule] }).compile();
    app = module.createNestApplication(createAdapter(platform), { logger: false });
  });

  beforeEach(() => {
    web = browser(app, { apiOrigin: 'https://api.example.com' });
    web.cookies.set('https://api.example.com', 'session=shop');
  });

  afterEach(() => web.close());

  afterAll(() => app.close());

  it('1. the site that is meant to read it can', async () => {
    const page = web.page('https://app.example.com');
    const result = await page.fetch('/dashboard', { credentials: 'include' });
    expect(result).toBeReadable();
    expect(result).toMatchObject({ status: 200 });
  });

  it('2. a stranger cannot', async () => {
    const page = web.page('https://stranger.example');
    expect(await page.fetch('/dashboard', { credentials: 'include' })).toBeBlocked();
  });

  it.each([
    'https://partner.example.evil.test',
    'https://evilpartner.example',
    'http://eu.partner.example',
  ])('3. nor can a stranger with a similar name: %s', async (origin) => {
    expect(await web.page(origin).fetch('/orders')).toBeBlocked();
  });

  it('4. nor can a page without an origin', async () => {
    expect(await web.page('null').fetch('/orders')).toBeBlocked('MissingAllowOriginHeader');
  });

  it('5. a preflight passes the guard', async () => {
    const page = web.page('https://eu.partner.example');
    const headers = { authorization: 'Bearer shop', 'content-type': 'application/json' };
    const result = await page.fetch('/orders/7', { method: 'PUT', headers, body: '{}' });
    expect(result).toBeReadable();
    expect(result.exchange.map(({ method }) => method)).toEqual(['OPTIONS', 'PUT']);
  });

  it('6. what nobody may do is not done', async () => {
    const page = web.page('https://eu.partner.example');
    const result = await page.fetch('/orders/7', { method: 'DELETE' });
    expect(result).toBeBlocked();
    expect(result.exchange.map(({ method }) => method)).toEqual(['OPTIONS']);
  });

  it('7. asking for one method does not open another', async () => {
    const page = web.page('https://eu.partner.example');
    await page.fetch('/orders/7', { method: 'PUT' });
    expect(await page.fetch('/orders/7', { method: 'DELETE' })).toBeBlocked();
  });

  it('8. errors can be read by whom they are meant for', async () => {
    const page = web.page('https://app.example.com');
    expect(await page.fetch('/dashboard')).toMatchObject({ allowed: true, status: 401 });
    expect(await page.fetch('/nowhere')).toMatchObject({ allowed: true, status: 404 });
    expect(await web.page('https://stranger.example').fetch('/nowhere')).toBeBlocked();
  });

  it('9. a cached copy does not shut anybody out', async () => {
    const page = web.page('https://eu.partner.example');
    await page.fetch('/orders', { mode: 'no-cors' });
    const result = await page.fetch('/orders');
    expect(result).toBeReadable();
    expect(result.exchange.at(-1)?.responseHeaders['vary']).toContain('Origin');
  });

  it.each(['spec', 'chromium', 'firefox', 'webkit'] as const)(
    '10. it holds in every engine: %s',
    async (profile) => {
      const engine = browser(app, { profile });
      const headers = { authorization: 'Bearer shop' };
      const result = await engine.page('https://eu.partner.example').fetch('/orders', { headers });
      await engine.close();
      expect(result).toBeReadable();
    },
  );
});
