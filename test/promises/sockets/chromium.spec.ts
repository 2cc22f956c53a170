import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type Page } from 'playwright-core';
import { findChromium } from '../../browser/support/chromium.js';
import { PLATFORMS } from '../../support/platforms.js';
import { type RunningUpgradeApp, startUpgradeApp } from './support/app.js';
import { gateway } from './support/gateways.js';

const executablePath = findChromium();
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * 127.0.0.1',
];

const RISK = { dangerouslyAllow: ['insecure-origin-with-credentials'] } as const;

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

if (executablePath === undefined) {
  process.stdout.write(
    'no Chromium here: upgrades from its pages are not tested (CHROMIUM_PATH)\n',
  );
}

const suite = executablePath === undefined ? describe.skip : describe;

suite.each(PLATFORMS)('pages in Chromium, sockets on %s', (platform) => {
  let pages: Server;
  let browser: Browser;
  let running: RunningUpgradeApp;
  let pagePort: number;

  beforeAll(async () => {
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
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: ARGUMENTS });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await running?.close();
    pages?.closeAllConnections();
    await new Promise((resolve) => pages?.close(resolve));
  });

  const pageAt = async (host: string, port = pagePort): Promise<Page> => {
    const page = await browser.newPage();
    await page.goto(`http://${host}:${port}/`);
    return page;
  };

  it('opens for the origin that the policy names, and for no other', async () => {
    const url = `ws://api.shop.test:${running.port}`;
    const allowed = await pageAt('app.shop.test');
    expect(await allowed.evaluate(openSocket, `${url}/feed`)).toBe('Feed, cookie none');
    expect(await allowed.evaluate(openSocket, `${url}/closed`)).toBe('refused');
    const stranger = await pageAt('app.shop.test.evil.test');
    expect(await stranger.evaluate(openSocket, `${url}/feed`)).toBe('refused');
    expect(await stranger.evaluate(openSocket, `${url}/closed`)).toBe('refused');
  });

  it('sends cookies on only where the policy is with credentials', async () => {
    const page = await pageAt('app.shop.test');
    const url = `ws://app.shop.test:${running.port}`;
    expect(await page.evaluate(openSocket, `${url}/account`)).toBe('Account, cookie session=7');
    expect(await page.evaluate(openSocket, `${url}/feed`)).toBe('Feed, cookie none');
  });

  it('opens for pages of its own origin, whatever the policy', async () => {
    const page = await pageAt('api.shop.test', running.port);
    const url = `ws://api.shop.test:${running.port}`;
    expect(await page.evaluate(openSocket, `${url}/closed`)).toMatch(/^Closed/);
  });
});
