import { VersioningType } from '@nestjs/common';
import { createAdapter, MATRIX } from '../../support/platforms.js';
import { type RawRequest, send } from '../../support/raw.js';
import { type RunningApp, startApp } from '../../support/test-app.js';
import { Closed, described, Wrapping } from './support/application.js';

const PARTNER = 'https://partner.example';

describe.each(MATRIX)('the page on $title', ({ platform, strategy }) => {
  let running: RunningApp;

  const start = async (...description: Parameters<typeof described>): Promise<void> => {
    running = await startApp(createAdapter(platform), described(...description), strategy);
  };

  afterEach(() => running.close());

  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`http://127.0.0.1:${running.port}${path}`, { headers });

  const statuses = (
    paths: readonly string[],
    headers?: Record<string, string>,
  ): Promise<number[]> => Promise.all(paths.map(async (path) => (await get(path, headers)).status));

  /** The page at an address, and every file that it names there. */
  async function expectPageAt(path: string): Promise<void> {
    const page = await get(path);
    expect([page.status, page.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    const text = await page.text();
    const files = [...text.matchAll(/(?:src|href)="(\.[^"]+)"/g)].map(([, file = '']) => file);
    expect(files).toHaveLength(5);
    for (const file of files) {
      const asset = await fetch(new URL(file, page.url));
      expect([file, asset.status]).toEqual([file, 200]);
    }
  }

  it('finds its files from wherever it is', async () => {
    await start({ path: 'a/cors' }, { configure: (app) => void app.setGlobalPrefix('api') });
    await expectPageAt('/api/a/cors');
    await expectPageAt('/api/a/cors?search=%3Cb%3E');
    if (platform === 'express') await expectPageAt('/api/a/cors/');
  });

  it('is where it is under every kind of versions', async () => {
    await start(
      {},
      { configure: (app) => void app.enableVersioning({ type: VersioningType.URI }) },
    );
    await expectPageAt('/cors');
  });

  it('goes out as it is, whatever an interceptor makes of answers', async () => {
    await start({}, { configure: (app) => void app.useGlobalInterceptors(new Wrapping()) });
    await expectPageAt('/cors');
    expect(await (await get('/cors/view.json')).json()).toHaveProperty('places');
  });

  it('shows what the manifest says', async () => {
    await start();
    const row = {
      method: 'PUT',
      path: '/orders/:id',
      openness: 'listed',
      words: 'one site',
      policy: 'partners',
      place: 'OrdersController.change',
    };
    const view: unknown = await (await get('/cors/view.json')).json();
    expect(view).toMatchObject({ platform: { name: platform, strategy } });
    expect(view).toHaveProperty('places', expect.arrayContaining([expect.objectContaining(row)]));
  });

  it('explains in the words of the log', async () => {
    await start();
    const query = new URLSearchParams({
      method: 'put',
      url: '/orders/7',
      origin: PARTNER,
      headers: 'x-user',
    });
    const { explanation, steps } = (await (await get(`/cors/explain.json?${query}`)).json()) as {
      explanation: { advice: string };
      steps: { title: string; outcome: string; sentence: string }[];
    };
    const failing = steps.find(({ outcome }) => outcome === 'fails');
    expect(failing?.title).toBe('The headers');
    expect(failing?.sentence.slice(1)).toBe(`${explanation.advice.slice(1)}.`);
  });

  it.each([
    'method=TRACE',
    'url=orders',
    'url=https://',
    'origin=',
    'headers=a%20b',
    'url=/a&url=/b',
  ])('refuses to explain %s', async (wrong) => {
    await start();
    const query = new URLSearchParams({ method: 'GET', url: '/orders/7', origin: PARTNER });
    const [name = ''] = wrong.split('=');
    query.delete(name);
    expect(await statuses([`/cors/explain.json?${query}&${wrong}`])).toEqual([400]);
  });

  const ALL = [
    '/cors',
    '/cors/assets/page.js',
    '/cors/view.json',
    '/cors/manifest.json',
    '/cors/denials',
  ];

  it('is behind the guards that it is given', async () => {
    await start({ guards: [Closed] });
    expect(await statuses(ALL)).toEqual(ALL.map(() => 403));
  });

  it('is nothing that another site may read', async () => {
    await start();
    for (const path of ALL.slice(0, 4)) {
      const { headers } = await get(path, { origin: PARTNER });
      const names = [...headers.keys()].filter((name) => name.startsWith('access-control-'));
      expect([names, headers.get('cross-origin-resource-policy')]).toEqual([[], 'same-origin']);
    }
  });

  it.each(['cross-site', 'same-site'])('is nothing that a %s page may ask for', async (site) => {
    await start();
    const asked = { 'sec-fetch-site': site, 'sec-fetch-mode': 'cors', origin: PARTNER };
    expect(await statuses(ALL, asked)).toEqual(ALL.map(() => 403));
    // A link leads there all the same.
    const followed: RawRequest = {
      path: '/cors',
      headers: [
        ['Sec-Fetch-Site', site],
        ['Sec-Fetch-Mode', 'navigate'],
      ],
    };
    expect((await send(running.port, followed)).status).toBe(200);
  });

  it('changes nothing: there is nothing to send to it', async () => {
    await start();
    for (const path of ALL) {
      const { status } = await fetch(`http://127.0.0.1:${running.port}${path}`, { method: 'POST' });
      expect(status).toBe(404);
    }
  });

  it.each(['page.html', 'nothing.js', '__proto__', '..%2Fpage.html', '%2e%2e%2findex.js'])(
    'has no file %s',
    async (name) => {
      await start();
      expect(await statuses([`/cors/assets/${name}`])).toEqual([404]);
    },
  );
});
