import 'reflect-metadata';
import { Controller, Get, Header, Module, Sse, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { createServer, type Server } from 'node:http';
import { interval, map, type Observable } from 'rxjs';
import { browser } from 'nestjs-cors/testing';
import { PAGE } from '../support/scripted-api.js';

@Controller()
class OrdersController {
  @Get('orders')
  @Header('Access-Control-Allow-Origin', '*')
  list(): string[] {
    return ['one'];
  }

  @Sse('events')
  @Header('Access-Control-Allow-Origin', '*')
  events(): Observable<{ data: string }> {
    return interval(5).pipe(map((count) => ({ data: String(count) })));
  }
}

@Module({ controllers: [OrdersController] })
class OrdersModule {}

const platforms = [
  ['express', () => new ExpressAdapter()],
  ['fastify', () => new FastifyAdapter()],
] as const;

function serve(name: string): Server {
  return createServer((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.end(JSON.stringify([name, request.headers.host]));
  });
}

async function read(target: Parameters<typeof browser>[0], url = '/orders'): Promise<unknown> {
  const web = browser(target);
  try {
    const result = await web.page(PAGE).fetch(url);
    return result.allowed ? await result.json() : result.message;
  } finally {
    await web.close();
  }
}

describe.each(platforms)('a Nest application on %s', (_name, adapter) => {
  let app: INestApplication;

  beforeEach(async () => {
    app = await NestFactory.create(OrdersModule, adapter(), { logger: false });
  });

  afterEach(() => app.close());

  it('neither initialised nor listening', async () => {
    expect(await read(app)).toEqual(['one']);
    expect((app.getHttpServer() as Server).listening).toBe(false);
  });

  it('initialised, and by two browsers after each other', async () => {
    await app.init();
    expect([await read(app), await read(app)]).toEqual([['one'], ['one']]);
  });

  it('listening, and left so', async () => {
    await app.listen(0, '127.0.0.1');
    expect(await read(app)).toEqual(['one']);
    expect(await read(await app.getUrl())).toEqual(['one']);
    expect((app.getHttpServer() as Server).listening).toBe(true);
  });

  it('closed before the browser', async () => {
    const web = browser(app);
    await web.page(PAGE).fetch('/orders');
    await app.close();
    await expect(web.close()).resolves.toBeUndefined();
  });

  it('streaming without an end', async () => {
    const web = browser(app);
    const result = await web.page(PAGE).fetch('/events');
    if (!result.allowed || result.body === null) throw new Error('blocked');
    let received = '';
    for await (const chunk of result.body as unknown as AsyncIterable<Uint8Array>) {
      received += new TextDecoder().decode(chunk);
      if (received.includes('data: 1')) break;
    }
    await web.close();
    expect(received).toContain('data: 0');
  });
});

describe('other targets', () => {
  it('a server for each origin', async () => {
    const [api, files] = [serve('api'), serve('files')];
    const web = browser(api, { hosts: { 'https://files.test': files } });
    const page = web.page(PAGE);
    const answers: unknown[] = [];
    for (const url of ['/a', 'https://files.test/a', 'http://files.test/a']) {
      const result = await page.fetch(url);
      answers.push(result.allowed && (await result.json()));
    }
    await web.close();
    expect(answers).toEqual([
      ['api', 'api.test'],
      ['files', 'files.test'],
      ['api', 'files.test'],
    ]);
    expect([api.listening, files.listening]).toEqual([false, false]);
  });

  it('a base URL, which relative URLs are then relative to', async () => {
    const server = serve('api');
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    expect(await read(`http://127.0.0.1:${port}`, '/a')).toEqual(['api', `127.0.0.1:${port}`]);
    await new Promise((resolve) => server.close(resolve));
  });

  it.each(['https://127.0.0.1:1', 'http://127.0.0.1:1/prefix'])('not %s', async (target) => {
    await expect(read(target)).rejects.toThrow('http://host:port');
  });

  it('rejects where nobody answers: that is no refusal', async () => {
    await expect(read('http://127.0.0.1:1')).rejects.toThrow(
      'GET http://127.0.0.1:1/orders: the target gave no answer',
    );
    const server = createServer(({ socket }) => socket.destroy());
    await expect(read(server)).rejects.toThrow('gave no answer (socket hang up)');
  });
});
