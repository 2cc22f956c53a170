import 'reflect-metadata';
import type { INestApplication, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { browser, corsMatchers, type Browser, type CorsMatchers } from 'nestjs-cors/testing';
import type { AddressInfo } from 'node:net';
import { createAdapter, type PlatformName, PLATFORMS } from '../../support/platforms.js';
import { type RawRequest, type RawResponse, send } from '../../support/raw.js';

declare global {
  namespace jest {
    interface Matchers<R> extends CorsMatchers<R> {}
  }
}

expect.extend(corsMatchers);

export interface RecipeOptions {
  /** Where the API is, for a browser. */
  readonly apiOrigin?: string;
  /** Runs between `create()` and `listen()`. */
  readonly configure?: (app: INestApplication, platform: PlatformName) => unknown;
}

/** A recipe that is being served, to browsers and to sockets. */
export interface Recipe {
  readonly platform: PlatformName;
  readonly app: INestApplication;
  /** A new one for every test. */
  readonly web: Browser;
  send(request: RawRequest): Promise<RawResponse>;
}

/** Boots the module as `NestFactory` does. */
export async function serve(
  platform: PlatformName,
  module: Type,
  configure: RecipeOptions['configure'] = () => {},
): Promise<INestApplication> {
  const options = { logger: false, abortOnError: false } as const;
  const app = await NestFactory.create(module, createAdapter(platform), options);
  await configure(app, platform);
  await app.listen(0, '127.0.0.1');
  return app;
}

export function portOf(app: INestApplication): number {
  const { port } = app.getHttpServer().address() as AddressInfo;
  return port;
}

/** The tests of a recipe, on Express and on Fastify. */
export function describeRecipe(
  module: Type,
  tests: (recipe: Recipe) => void,
  { apiOrigin = 'https://api.example.com', configure }: RecipeOptions = {},
): void {
  describe.each(PLATFORMS)('on %s', (platform) => {
    let app: INestApplication;
    let web: Browser;

    beforeAll(async () => {
      app = await serve(platform, module, configure);
    });
    beforeEach(() => {
      web = browser(app, { apiOrigin });
    });
    afterEach(() => web.close());
    afterAll(() => app.close());

    tests({
      platform,
      get app() {
        return app;
      },
      get web() {
        return web;
      },
      send: (request) => send(portOf(app), request),
    });
  });
}

/** Runs with the variable set, and leaves the environment as it was. */
export async function withVariable<Result>(
  name: string,
  value: string,
  run: () => Promise<Result>,
): Promise<Result> {
  const before = process.env[name];
  process.env[name] = value;
  try {
    return await run();
  } finally {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  }
}
