import type { DynamicModule, INestApplication, ModuleMetadata, Type } from '@nestjs/common';
import { type AbstractHttpAdapter, NestFactory } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import type { AddressInfo } from 'node:net';
import type { CollectedLog } from './log.js';
import { CorsModule, type CorsModuleOptions, type CorsStrategy } from 'nestjs-cors';

/** An application to boot: controllers, and the options of `CorsModule` or a module made from them. */
export interface AppDescription extends ModuleMetadata {
  readonly controllers?: Type[];
  readonly cors: CorsModuleOptions | DynamicModule;
  /** Runs between `create()` and `listen()`. */
  readonly configure?: (app: INestApplication) => void | Promise<void>;
}

export interface RunningApp {
  readonly app: INestApplication;
  readonly port: number;
  close(): Promise<void>;
}

class RootModule {}

export function rootModule(description: AppDescription, strategy: CorsStrategy): DynamicModule {
  const { cors, configure: _configure, imports = [], ...metadata } = description;
  const corsModule = 'module' in cors ? cors : CorsModule.forRoot({ ...cors, strategy });
  return { module: RootModule, ...metadata, imports: [corsModule, ...imports] };
}

/** Boots through `NestFactory`, as applications do. */
export async function startApp(
  adapter: AbstractHttpAdapter,
  description: AppDescription,
  strategy: CorsStrategy = 'hook',
  log?: CollectedLog,
): Promise<RunningApp> {
  const app = await NestFactory.create(rootModule(description, strategy), adapter, {
    abortOnError: false,
    // Nest takes the option for all loggers; without it they keep the one that collects.
    ...(log === undefined ? { logger: false } : {}),
  });
  return listen(app, description);
}

/** Boots through `Test.createTestingModule()`, where the adapter appears after the providers. */
export async function startTestingApp(
  adapter: AbstractHttpAdapter,
  description: AppDescription,
  strategy: CorsStrategy = 'hook',
): Promise<RunningApp> {
  const module = await Test.createTestingModule({ imports: [rootModule(description, strategy)] })
    .setLogger({ log() {}, warn() {}, error() {} })
    .compile();
  return listen(module.createNestApplication(adapter, { logger: false }), description);
}

async function listen(app: INestApplication, description: AppDescription): Promise<RunningApp> {
  await description.configure?.(app);
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return { app, port, close: () => app.close() };
}
