import { Controller, Get } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { CorsPolicy } from 'nestjs-cors';
import { APP, EVIL } from '../../support/origins.js';
import { send } from '../../support/raw.js';
import { request } from '../../support/row.js';
import { type RunningApp, startApp } from '../../support/test-app.js';
import { verdict } from '../../support/verdict.js';

/** From where on the application's own function for `trust proxy` throws, and which handlers have run. */
const state = { broken: false, ran: [] as string[] };

function trust(): boolean {
  if (state.broken) throw new Error('no such proxy');
  return false;
}

@Controller()
class Shop {
  @CorsPolicy({ origin: APP }) @Get('open') open(): void {
    state.ran.push('open');
  }
  @CorsPolicy({ origin: APP, denied: 'reject' }) @Get('strict') strict(): void {
    state.ran.push('strict');
  }
}

/** Breaks what the decision asks, after a first decision has been taken; and leads elsewhere, so that a second is due. */
function rewrite(request: { url: string }, _response: unknown, next: () => void): void {
  if (request.url === '/rewritten') {
    request.url = '/strict';
    state.broken = true;
  }
  next();
}

const ADAPTERS = {
  express: () => new ExpressAdapter(),
  fastify: () => new FastifyAdapter({ trustProxy: trust }),
};

describe.each(['express', 'fastify'] as const)('a decision that fails, on %s', (platform) => {
  let app: RunningApp;

  beforeAll(async () => {
    app = await startApp(ADAPTERS[platform](), {
      cors: { default: { origin: APP } },
      controllers: [Shop],
      configure: (nest) => {
        if (platform === 'express') nest.getHttpAdapter().getInstance().set('trust proxy', trust);
        nest.use(rewrite);
      },
    });
  });

  afterAll(() => app.close());

  const ask = async (
    path: string,
    broken: boolean,
    origin = EVIL,
  ): Promise<[string, readonly string[]]> => {
    Object.assign(state, { broken, ran: [] });
    const response = await send(app.port, request('GET', path, origin));
    return [verdict(response), state.ran];
  };

  it('denies, and no handler runs', async () => {
    expect(await ask('/strict', false)).toEqual(['403 -', []]);
    expect(await ask('/strict', true)).toEqual(['403 -', []]);
    expect(await ask('/open', false)).toEqual(['200 -', ['open']]);
  });

  it('is none where somebody only listens: the answer is the same', async () => {
    const listen = (): void => {};
    subscribe('nestjs-cors:decision', listen);
    const answer = await ask('/open', true, APP);
    unsubscribe('nestjs-cors:decision', listen);
    expect(answer).toEqual([`200 ${APP}`, ['open']]);
  });

  if (platform === 'express') {
    it('denies where the handler is decided about again', async () => {
      expect(await ask('/rewritten', false)).toEqual(['403 -', []]);
    });
  }
});
