import { Controller, Get, type INestApplication, Next, Post, Put } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import express from 'express';
import { CorsPolicy, type CorsModuleOptions, NoCors } from 'nestjs-cors';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { APP, EVIL } from '../../../support/origins.js';
import { createAdapter, type PlatformName } from '../../../support/platforms.js';
import { type RunningApp, rootModule } from '../../../support/test-app.js';

/** Handlers that have run, and that `denied: 'reject'` should have kept from it. */
export const ran: string[] = [];

const slow = (origin: string): Promise<boolean> => Promise.resolve(origin === APP);

@Controller('door')
class InnerController {
  @Get() read(): string {
    return 'inner';
  }
  @Put() write(): string {
    return 'inner';
  }
  @CorsPolicy({ origin: slow }) @Get('slow') slow(): string {
    return 'inner';
  }
  @CorsPolicy({ origin: slow, denied: 'reject' }) @Post('rejects') rejects(): string {
    ran.push('rejects');
    return 'inner';
  }
  @NoCors() @Put('none') none(): string {
    return 'inner';
  }
  @Get('back') back(@Next() next: (way: string) => void): void {
    next('router');
  }
}

@Controller()
class OuterController {
  @Get('outer') read(): string {
    return 'outer';
  }
  @CorsPolicy({ origin: EVIL }) @Get('inner/door/back') back(): string {
    return 'outer';
  }
}

export type Application = ReturnType<typeof express>;

/** The inner application allows APP; it does not listen. */
export async function createInner(): Promise<INestApplication> {
  const cors: CorsModuleOptions = { default: { origin: APP } };
  const root = rootModule({ cors, controllers: [InnerController] }, 'hook');
  return NestFactory.create(root, new ExpressAdapter(), { logger: false, abortOnError: false });
}

export function instanceOf(inner: INestApplication): Application {
  return inner.getHttpAdapter().getInstance() as Application;
}

/** The outer application, which allows EVIL by default so that nobody can take its answers for the inner one's. */
export async function startOuter(
  platform: PlatformName,
  cors: CorsModuleOptions,
  mount: (outer: INestApplication, inner: INestApplication) => void | Promise<void>,
): Promise<RunningApp> {
  const inner = await createInner();
  const root = rootModule({ cors, controllers: [OuterController] }, 'hook');
  const app = await NestFactory.create(root, createAdapter(platform), {
    logger: false,
    abortOnError: false,
  });
  await mount(app, inner);
  await inner.init();
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return { app, port, close: () => app.close().then(() => inner.close()) };
}

/** The inner application below a path of an Express application that is not Nest's. */
export async function startInPlainExpress(): Promise<RunningApp> {
  const inner = await createInner();
  const parent = express();
  parent.use('/inner', instanceOf(inner));
  parent.get('/inner/door/back', (_request, response) => void response.send('outer'));
  await inner.init();
  const server = createServer(parent);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    await new Promise((resolve) => server.close(resolve));
    await inner.close();
  };
  return { app: inner, port, close };
}
