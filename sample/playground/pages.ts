import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { portOf } from './places.js';

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css',
  html: 'text/html',
  js: 'text/javascript',
};

/** A file of `static/`, or one that the inspector's page has too; the samples are run from the repository's folder. */
const FILE = /^\/([a-z-]+\.(css|html|js))$/;
const SHARED: readonly string[] = ['dom.js', 'look.css'];

function fileNamed(name: string): Buffer {
  const folder = SHARED.includes(name) ? 'lib/inspector/assets' : 'sample/playground/static';
  return readFileSync(`${folder}/${name}`);
}

/** Answers what is no file; `undefined` where there is nothing. */
type Answerer = (
  path: string,
  request: IncomingMessage,
) => Promise<object | undefined> | object | undefined;

/** Serves a page, its files, and answers in JSON. */
export async function servePages(origin: string, page: string, answer: Answerer): Promise<Server> {
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? '/', origin);
    const [, name, ending = ''] = FILE.exec(pathname === '/' ? `/${page}` : pathname) ?? [];
    if (name !== undefined) return send(response, TYPES[ending] ?? '', fileNamed(name));
    const value = await answer(pathname, request);
    if (value === undefined) response.writeHead(404).end();
    else send(response, 'application/json', JSON.stringify(value));
  };
  const server = createServer((request, response) => {
    respond(request, response).catch((error: unknown) =>
      response.writeHead(500).end(String(error)),
    );
  });
  server.listen(portOf(origin), '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function send(response: ServerResponse, type: string, body: string | Buffer): void {
  response.writeHead(200, { 'content-type': `${type}; charset=utf-8` });
  response.end(body);
}

/** The body of a request that the page of this very origin has sent; `undefined` for anybody else's. */
export async function readOwn(request: IncomingMessage, origin: string): Promise<unknown> {
  if (request.method !== 'POST' || request.headers.origin !== origin) return undefined;
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString());
}
