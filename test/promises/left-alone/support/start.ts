import type { INestApplication, NestModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { AddressInfo } from 'node:net';
import { CorsModule, type CorsModuleOptions, type CorsStrategy } from 'nestjs-cors';
import { createAdapter, type PlatformName } from '../../../support/platforms.js';
import type { RunningApp } from '../../../support/test-app.js';

/** An application that may or may not have `CorsModule`: everything else is the same. */
export interface Neighbourhood {
  readonly controllers?: readonly Type[];
  readonly consume?: NestModule['configure'];
  readonly configure?: (app: INestApplication) => void | Promise<void>;
  /** Options of `NestFactory.create()`. */
  readonly create?: { readonly cors?: boolean };
}

export interface Moved {
  readonly options: CorsModuleOptions;
  readonly strategy: CorsStrategy;
}

/** @param moved `undefined` for the application as it was before the module came */
export async function startBeside(
  platform: PlatformName,
  { controllers = [], consume, configure, create }: Neighbourhood,
  moved?: Moved,
): Promise<RunningApp> {
  class Legacy implements NestModule {
    configure(...args: Parameters<NestModule['configure']>): unknown {
      return consume?.(...args);
    }
  }
  const cors = moved && CorsModule.forRoot({ ...moved.options, strategy: moved.strategy });
  const root = { module: Legacy, controllers: [...controllers], imports: cors ? [cors] : [] };
  const app = await NestFactory.create(root, createAdapter(platform), {
    abortOnError: false,
    logger: false,
    ...create,
  });
  try {
    await configure?.(app);
    await app.listen(0, '127.0.0.1');
  } catch (error) {
    await app.close();
    throw error;
  }
  const { port } = app.getHttpServer().address() as AddressInfo;
  return { app, port, close: () => app.close() };
}
