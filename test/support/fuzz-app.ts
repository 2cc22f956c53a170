import { Controller, type DynamicModule, Get, Put } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { AddressInfo } from 'node:net';
import { CorsPolicy, type CorsModuleOptions, type CorsPolicyOptions } from 'nestjs-cors';
import { createAdapter, type Setup } from './platforms.js';
import { rootModule, type RunningApp, startApp } from './test-app.js';
import { CONTROLLERS, POLICIES } from './shop.js';

@CorsPolicy('asked')
@Controller('asked')
class AskedController {
  @Get() read(): string {
    return 'read';
  }
  @Put() write(): string {
    return 'written';
  }
}

const DEFAULT: CorsPolicyOptions = { origin: 'https://default.example', maxAge: 5 };

function options(strategy: Setup['strategy']): CorsModuleOptions {
  const denied = strategy === 'hook' ? 'reject' : 'omit';
  const asked: CorsPolicyOptions = {
    origin: async (origin) => origin === 'https://async.example',
    vary: ['X-Tenant'],
    denied,
  };
  const paths = [{ path: ['/files/*rest', '/raw'], policy: 'listed' }];
  return {
    policies: { ...POLICIES, asked },
    default: DEFAULT,
    ...(strategy === 'hook' && { paths }),
  };
}

const ALL = [...CONTROLLERS, AskedController];

/** The application that is fuzzed, to be started in a way of one's own. */
export function fuzzedModule({ strategy }: Setup): DynamicModule {
  return rootModule({ cors: options(strategy), controllers: ALL }, strategy);
}

export function startFuzzed({ platform, strategy }: Setup): Promise<RunningApp> {
  const description = { cors: options(strategy), controllers: ALL };
  return startApp(createAdapter(platform), description, strategy);
}

class Root {}

/** The same application without the module: what it answers with 5xx is not the module's doing. */
export async function startWithout({ platform }: Setup): Promise<RunningApp> {
  const app = await NestFactory.create(
    { module: Root, controllers: ALL },
    createAdapter(platform),
    { logger: false, abortOnError: false },
  );
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return { app, port, close: () => app.close() };
}
