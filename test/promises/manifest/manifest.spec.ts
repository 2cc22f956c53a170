import {
  Controller,
  Get,
  Post,
  Put,
  VERSION_NEUTRAL,
  Version,
  VersioningType,
} from '@nestjs/common';
import {
  type CorsManifest,
  CorsInspector,
  type CorsModuleOptions,
  CorsPolicy,
  NoCors,
} from 'nestjs-cors';
import { createAdapter, PLATFORMS } from '../../support/platforms.js';
import { startApp } from '../../support/test-app.js';

const isTenant = (): boolean => false;

@CorsPolicy('partners')
@Controller('orders')
class OrdersController {
  @Get() list(): void {}
  @CorsPolicy({ extends: 'partners', maxAge: -1 }) @Put(':id') update(): void {}
  @NoCors() @Post() create(): void {}
}

@Controller({ path: 'hosted', host: ['a.example', /^b\./] })
class HostedController {
  @Get() read(): void {}
  @Version(['1', VERSION_NEUTRAL]) @Get('versioned') versioned(): void {}
}

const CORS: CorsModuleOptions = {
  default: { origin: '*' },
  policies: {
    partners: {
      origin: [
        'https://*.b.example',
        /^https:\/\/pr-\d+\.a\.example$/,
        'https://a.example',
        isTenant,
      ],
      allowedHeaders: ['X-B', 'X-A'],
      exposedHeaders: 'X-Total',
      methods: ['PUT', 'DELETE'],
      vary: ['X-Tenant'],
      timingAllowOrigin: true,
      resourcePolicy: 'cross-origin',
    },
    catalogue: {
      origin: '*',
      credentials: ['https://*.a.example', 'https://a.example', /^https:\/\/x\.example$/],
      exposedHeaders: ['*', 'X-Page'],
      preflightHeaders: { 'Cache-Control': 'max-age=60' },
    },
    unused: { origin: false },
  },
  paths: [
    { path: ['/billing/*rest', '/b'], policy: 'partners', methods: ['PUT', 'GET'] },
    { path: '/raw', policy: 'passthrough' },
    { path: '/closed', policy: false },
    { path: '/own', policy: { origin: 'http://localhost:3000' } },
  ],
};

async function manifestOf(platform: 'express' | 'fastify'): Promise<CorsManifest> {
  const { app, close } = await startApp(createAdapter(platform), {
    controllers: [OrdersController, HostedController],
    cors: CORS,
    configure: (app) =>
      void app.enableVersioning({ type: VersioningType.URI }).setGlobalPrefix('api'),
  });
  const manifest = app.get(CorsInspector).manifest({ service: 'shop' });
  await close();
  return manifest;
}

describe.each(PLATFORMS)('manifest() on %s', (platform) => {
  it('shows everything that decides', async () => {
    expect(await manifestOf(platform)).toMatchSnapshot();
  });
});
