import { Controller, Delete, Get, Post, Put } from '@nestjs/common';
import { CorsInspector, type CorsModuleOptions, CorsPolicy, NoCors } from 'nestjs-cors';
import type { CorsManifest } from 'nestjs-cors/export';
import { createAdapter, type PlatformName } from '../../../support/platforms.js';
import { type RunningApp, startApp } from '../../../support/test-app.js';

@CorsPolicy('app')
@Controller('orders')
class OrdersController {
  @Get() list(): string {
    return 'list';
  }
  @Get('export') export(): string {
    return 'exported';
  }
  @CorsPolicy('strict') @Put(':id') update(): string {
    return 'updated';
  }
  @NoCors() @Delete(':id') remove(): string {
    return 'removed';
  }
}

@CorsPolicy('open')
@Controller('prices')
class PricesController {
  @Get() list(): string {
    return 'prices';
  }
  @Post() create(): string {
    throw new Error('always');
  }
}

/** The application that every engine is compared with: one policy of each kind. */
export const CORS: CorsModuleOptions = {
  policies: {
    app: {
      origin: ['https://app.example', 'https://*.app.example', 'https://dev.example:*'],
      credentials: true,
      exposedHeaders: ['X-Total', 'X-Price-in-$'],
      allowedHeaders: ['Content-Type', 'X-One'],
    },
    strict: {
      origin: 'https://app.example',
      methods: ['PUT'],
      allowedHeaders: [],
      maxAge: -1,
      denied: 'reject',
      optionsSuccessStatus: 200,
      resourcePolicy: 'same-site',
      timingAllowOrigin: true,
      preflightHeaders: {
        'Cache-Control': 'max-age=60',
        'X-At': '@none',
        'X-Note': '{a} "b" \\ $c, % #d;',
      },
    },
    open: { origin: '*', credentials: ['https://app.example'], exposedHeaders: ['X-Total'] },
    native: { origin: ['capacitor://localhost', 'http://[::1]:3000', 'http://localhost:*'] },
  },
  default: 'open',
  paths: [
    { path: '/billing/*rest', policy: 'app', keepExposedHeaders: true },
    { path: '/native', policy: 'native', methods: ['GET', 'PUT'] },
    { path: '/internal/*rest', policy: false },
    { path: '/legacy/*rest', policy: 'passthrough' },
  ],
};

export function startShop(platform: PlatformName, cors = CORS): Promise<RunningApp> {
  return startApp(createAdapter(platform), {
    cors,
    controllers: [OrdersController, PricesController],
  });
}

export async function manifestOf(
  cors = CORS,
  platform: PlatformName = 'express',
): Promise<CorsManifest> {
  const { app, close } = await startShop(platform, cors);
  const manifest = app.get(CorsInspector).manifest({ service: 'shop' });
  await close();
  return manifest;
}
