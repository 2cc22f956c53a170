import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { Server as SocketIoServer } from 'socket.io';
import type { INestApplication } from '@nestjs/common';
import { describeInChromium, launchChromium } from '../../browser/support/chromium.js';
import { PLATFORMS } from '../../support/platforms.js';
import { type RunningUpgradeApp, startUpgradeApp, type UpgradeApp } from './support/app.js';
import { gateway } from './support/gateways.js';

const RISK = { dangerouslyAllow: ['insecure-origin-with-credentials'] } as const;

/** A server that greets as a gateway does, and that Nest does not know of. */
function attachChat(app: INestApplication): void {
  const server = new SocketIoServer(app.getHttpServer() as Server, { allowEIO3: true });
  server.on('connection', (client) => client.send('Chat, cookie'));
}

/** Runs in a page: the first message of a socket, or that the browser was refused one. */
function openSocket(url: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url);
    socket.addEventListener('message', ({ data }) => {
      resolve(String(data));
      socket.close();
    });
    socket.addEventListener('error', () => resolve('refused'));
  });
}

/** Runs in a page: what a script element reads of a socket.io session that it asks for in JSONP. */
function readByScript(server: string): Promise<string> {
  const ask = (query: string): Promise<string> =>
    new Promise((resolve) => {
      const script = document.createElement('script');
      script.src = `${server}/socket.io/?EIO=3&transport=polling&j=0${query}`;
      script.addEventListener('error', () => resolve('refused'));
      Object.assign(globalThis, { ___eio: [(text: string) => resolve(text)] });
      document.head.append(script);
    });
  return ask('').then((opened) => {
    const [, sid] = /"sid":"([^"]+)"/.exec(opened) ?? [];
    return sid === undefined ? opened : ask(`&sid=${sid}`);
  });
}

describeInChromium('pages in Chromium', (executablePath) => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium(executablePath, 'MAP * 127.0.0.1');
  });
  afterAll(() => browser.close());

  describe.each(PLATFORMS)('sockets on %s', (platform) => {
    let pages: Server;
    let page: Page;
    let running: RunningUpgradeApp;
    let pagePort: number;

    beforeAll(async () => {
      page = await browser.newPage();
      pages = createServer((_request, response) => {
        response.writeHead(200, {
          'Content-Type': 'text/html',
          'Set-Cookie': 'session=7; SameSite=Lax',
        });
        response.end('<!doctype html><title>page</title>');
      });
      await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
      pagePort = (pages.address() as AddressInfo).port;
      const origin = `http://app.shop.test:${pagePort}`;
      running = await startUpgradeApp({
        platform,
        cors: { policies: { shop: { origin }, signedIn: { origin, credentials: true, ...RISK } } },
        gateways: [
          gateway('Feed', { path: '/feed' }, 'shop'),
          gateway('Account', { path: '/account' }, 'signedIn'),
          gateway('Closed', { path: '/closed' }, false),
        ],
      });
    }, 300_000);

    afterAll(async () => {
      await page?.close();
      await running?.close();
      pages?.closeAllConnections();
      await new Promise((resolve) => pages?.close(resolve));
    });

    const visit = async (host: string, port = pagePort): Promise<void> => {
      await page.goto(`http://${host}:${port}/`);
    };

    it('opens for the origin that the policy names, and for no other', async () => {
      const url = `ws://api.shop.test:${running.port}`;
      await visit('app.shop.test');
      expect(await page.evaluate(openSocket, `${url}/feed`)).toBe('Feed, cookie none');
      expect(await page.evaluate(openSocket, `${url}/closed`)).toBe('refused');
      await visit('app.shop.test.evil.test');
      expect(await page.evaluate(openSocket, `${url}/feed`)).toBe('refused');
      expect(await page.evaluate(openSocket, `${url}/closed`)).toBe('refused');
    });

    it('sends cookies on only where the policy is with credentials', async () => {
      await visit('app.shop.test');
      const url = `ws://app.shop.test:${running.port}`;
      expect(await page.evaluate(openSocket, `${url}/account`)).toBe('Account, cookie session=7');
      expect(await page.evaluate(openSocket, `${url}/feed`)).toBe('Feed, cookie none');
    });

    const CHATS: readonly (readonly [string, Partial<UpgradeApp>])[] = [
      ['of a gateway', { gateways: [gateway('Chat', { allowEIO3: true }, 'shop')] }],
      ['attached by hand', { configure: attachChat }],
    ];

    it.each(CHATS)(
      'hands nothing of socket.io %s to script elements of other pages',
      async (_name, more) => {
        const policies = { shop: { origin: `http://app.shop.test:${pagePort}` } };
        const cors = { default: 'shop', policies };
        const chat = await startUpgradeApp({ platform, sockets: 'socket.io', cors, ...more });
        // Browsers send Sec-Fetch-Site to localhost and below, and not to another host over plain http.
        for (const host of ['api.localhost', 'api.shop.test']) {
          const server = `http://${host}:${chat.port}`;
          for (const stranger of [
            'evil.test',
            'app.shop.test',
            'evil.localhost',
            'api.localhost',
          ]) {
            await visit(stranger);
            expect([host, stranger, await page.evaluate(readByScript, server)]).toEqual([
              host,
              stranger,
              'refused',
            ]);
          }
        }
        await visit('api.localhost', chat.port);
        const read = await page.evaluate(readByScript, `http://api.localhost:${chat.port}`);
        expect(read).toContain('Chat, cookie');
        await chat.close();
      },
      300_000,
    );

    it('opens for pages of its own origin, whatever the policy', async () => {
      await visit('api.shop.test', running.port);
      const url = `ws://api.shop.test:${running.port}`;
      expect(await page.evaluate(openSocket, `${url}/closed`)).toMatch(/^Closed/);
    });
  });
});
