import type { INestApplication, Provider, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { WsAdapter } from '@nestjs/platform-ws';
import { Test } from '@nestjs/testing';
import type { AddressInfo } from 'node:net';
import { CorsModule, type CorsModuleOptions, type CorsStrategy } from 'nestjs-cors';
import { createAdapter, type PlatformName } from '../../../support/platforms.js';

export interface UpgradeApp {
  readonly platform: PlatformName;
  readonly sockets?: 'ws' | 'socket.io';
  readonly cors: CorsModuleOptions;
  readonly gateways?: Provider[];
  readonly controllers?: Type[];
  readonly strategy?: CorsStrategy;
  readonly trustProxy?: boolean;
  /** Boots through `Test.createTestingModule()`. */
  readonly testing?: boolean;
  readonly configure?: (app: INestApplication) => void;
}

export interface RunningUpgradeApp {
  readonly app: INestApplication;
  readonly port: number;
  close(): Promise<void>;
}

export async function startUpgradeApp(spec: UpgradeApp): Promise<RunningUpgradeApp> {
  const app = await create(spec);
  const { sockets = 'ws', configure } = spec;
  app.useWebSocketAdapter(sockets === 'ws' ? new WsAdapter(app) : new IoAdapter(app));
  configure?.(app);
  try {
    await app.listen(0, '127.0.0.1');
  } catch (error) {
    await app.close();
    throw error;
  }
  const { port } = app.getHttpServer().address() as AddressInfo;
  return { app, port, close: () => app.close() };
}

async function create(spec: UpgradeApp): Promise<INestApplication> {
  const {
    platform,
    cors,
    gateways = [],
    controllers = [],
    strategy = 'hook',
    trustProxy = false,
    testing,
  } = spec;
  class UpgradeModule {}
  const imports = [CorsModule.forRoot({ ...cors, strategy })];
  const module = { module: UpgradeModule, imports, controllers, providers: gateways };
  const adapter = createAdapter(platform, { trustProxy });
  if (!testing) return NestFactory.create(module, adapter, { logger: false, abortOnError: false });
  const quiet = { log() {}, warn() {}, error() {} };
  const compiled = await Test.createTestingModule({ imports: [module] })
    .setLogger(quiet)
    .compile();
  return compiled.createNestApplication(adapter, { logger: false });
}
