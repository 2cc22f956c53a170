import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { browser, type Browser, type BrowserOptions } from 'nestjs-cors/testing';

export const PAGE = 'https://app.example.com';
export const API = 'http://api.test';

/** What a server answers; header lines stay apart. */
export interface Answer {
  readonly status?: number;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string;
}

type Script = (request: IncomingMessage) => Answer;

/** A plain HTTP server that answers as scripted, behind simulated browsers. */
export class ScriptedApi {
  readonly server: Server;
  script: Script = () => ({});
  readonly #browsers: Browser[] = [];

  constructor() {
    this.server = createServer((request, response) => {
      const { status = 200, headers = [], body = 'body' } = this.script(request);
      request.resume();
      response.writeHead(status, headers.flat()).end(body);
    });
  }

  async listen(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
  }

  async close(): Promise<void> {
    await Promise.all(this.#browsers.map((opened) => opened.close()));
    this.server.close();
    await once(this.server, 'close');
  }

  browser(options: BrowserOptions = {}): Browser {
    const opened = browser(this.server, { profile: 'spec', ...options });
    this.#browsers.push(opened);
    return opened;
  }

  /** Answers preflights and other requests differently. */
  answer(preflight: Answer, actual: Answer = preflight): void {
    this.script = (request) =>
      request.headers['access-control-request-method'] === undefined ? actual : preflight;
  }
}

/** `Access-Control-Allow-…` lines, in short: `allow({ Origin: '*', Methods: ['PUT', 'PATCH'] })`. */
export function allow(
  headers: Readonly<Record<string, string | readonly string[]>>,
): (readonly [string, string])[] {
  return Object.entries(headers).flatMap(([name, values]) =>
    [values].flat().map((value) => [fullName(name), value] as const),
  );
}

function fullName(name: string): string {
  if (name === 'Max-Age' || name === 'Expose-Headers') return `Access-Control-${name}`;
  return /^(Origin|Credentials|Methods|Headers)$/.test(name)
    ? `Access-Control-Allow-${name}`
    : name;
}

/** `['OPTIONS /a', 'PUT /a']` */
export function sequence(exchange: readonly { method: string; url: string }[]): string[] {
  return exchange.map(({ method, url }) => `${method} ${new URL(url).pathname}`);
}

/** Opens before, and closes after, the tests of a file. */
export function useScriptedApi(): ScriptedApi {
  const api = new ScriptedApi();
  beforeAll(() => api.listen());
  afterAll(() => api.close());
  return api;
}
