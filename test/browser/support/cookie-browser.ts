import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import type { BrowserContext, Page } from 'playwright-core';
import { launchProfile } from './chromium.js';
import { selfSigned } from './self-signed.js';

/** Chromium's event, as far as it is read here. */
interface ResponseExtraInfo {
  readonly blockedCookies: readonly { readonly blockedReasons: readonly string[] }[];
}

/**
 * Chromium, and a server behind every host name, with and without TLS, that sets one cookie. It writes to the socket, because
 * Node's own server refuses to send control characters.
 */
export class CookieBrowser {
  readonly #servers: readonly Server[];
  readonly #folder = mkdtempSync(join(tmpdir(), 'chromium-'));
  #context: BrowserContext | undefined;
  #page: Page | undefined;
  #setCookie: string | undefined;
  #cookie = '';
  #blocked: readonly string[] = [];
  #told: () => void = () => undefined;

  constructor() {
    const answer = (socket: Socket): void => this.#answer(socket);
    this.#servers = [createServer(answer), createTlsServer(selfSigned(), answer)];
  }

  async open(executablePath: string): Promise<void> {
    const ports = await Promise.all(this.#servers.map(listen));
    const rules = `MAP *:80 127.0.0.1:${ports[0]}, MAP *:443 127.0.0.1:${ports[1]}`;
    this.#context = await launchProfile(executablePath, rules, this.#folder);
    this.#page = await this.#context.newPage();
    const session = await this.#context.newCDPSession(this.#page);
    await session.send('Network.enable');
    session.on('Network.responseReceivedExtraInfo', ({ blockedCookies }: ResponseExtraInfo) => {
      this.#blocked = blockedCookies.flatMap(({ blockedReasons }) => blockedReasons);
      this.#told();
    });
  }

  /** Forgets all cookies. */
  async clear(): Promise<void> {
    await this.#context?.clearCookies();
  }

  /** Visits a URL whose response sets a cookie (or none), and returns why Chromium refused it. */
  async visit(url: string, setCookie?: string): Promise<readonly string[]> {
    this.#setCookie = setCookie;
    return this.#reasonsOf(() => this.#page?.goto(url, { waitUntil: 'commit' }));
  }

  /** Has the page fetch a URL whose response sets a cookie. */
  async fetch(url: string, setCookie: string): Promise<readonly string[]> {
    this.#setCookie = setCookie;
    return this.#reasonsOf(() =>
      this.#page?.evaluate(
        (to) => fetch(to, { mode: 'no-cors', credentials: 'include' }).then(() => undefined),
        url,
      ),
    );
  }

  /** The `Cookie` header of a visit. */
  async cookieAt(url: string): Promise<string> {
    await this.visit(url);
    return this.#cookie;
  }

  async close(): Promise<void> {
    await this.#context?.close();
    for (const server of this.#servers) server.close();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  /** Chromium tells of the one response's cookies by another way than of the response: possibly after it. */
  async #reasonsOf(ask: () => Promise<unknown> | undefined): Promise<readonly string[]> {
    const told = new Promise<void>((resolve) => {
      this.#told = resolve;
    });
    await Promise.all([ask(), told]);
    return this.#blocked;
  }

  #answer(socket: Socket): void {
    let head = '';
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => {
      head += chunk.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      this.#cookie = /\r\ncookie: ([^\r]*)/i.exec(head)?.[1] ?? '';
      const set = this.#setCookie === undefined ? '' : `Set-Cookie: ${this.#setCookie}\r\n`;
      const html = '<!doctype html><link rel="icon" href="data:,">';
      socket.end(
        `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nCache-Control: no-store\r\n${set}Content-Length: ${html.length}\r\nConnection: close\r\n\r\n${html}`,
        'latin1',
      );
    });
  }
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
