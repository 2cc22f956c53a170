import { All, Controller, Put } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { CorsPolicy } from 'nestjs-cors';
import { PLATFORMS } from '../nest-app.js';
import type { Defect } from './defect.js';
import { brief, header } from './meet.js';
import * as shop from './shop.js';

const { APP, OTHER, STRANGER } = shop;
type Decide = (error: Error | null, isAllowed: boolean) => void;

@Controller('orders')
class RouteConfigController {
  @RouteConfig({ cors: { origin: OTHER, methods: ['PUT'] } })
  @Put()
  replace(): void {}
}

@Controller('orders')
class RoutePolicyController {
  @CorsPolicy({ origin: OTHER })
  @Put()
  replace(): void {}
}

@Controller('any')
class AnyMethodController {
  @All()
  act(): string {
    return 'done';
  }
}

/** What `enableCors()` does, which is the platforms' own CORS. */
export const ENABLE_CORS: readonly Defect[] = [
  {
    shipped: "enableCors({ origin: '*', credentials: true }): cookies are refused",
    platforms: PLATFORMS,
    stock: (platform) =>
      shop.stock(platform, (app) => app.enableCors({ origin: '*', credentials: true })),
    ours: (platform) => shop.ours(platform, { default: { origin: APP, credentials: true } }),
    meet: (web) => brief(web.page(APP).fetch('/orders', { credentials: 'include' })),
    broken: 'WildcardOriginNotAllowed',
    right: 200,
  },
  {
    shipped: 'enableCors() with credentials: a stranger is blocked, and told of the credentials',
    platforms: PLATFORMS,
    stock: (platform) =>
      shop.stock(platform, (app) => app.enableCors({ origin: [APP], credentials: true })),
    ours: (platform) => shop.ours(platform, { default: { origin: APP, credentials: true } }),
    meet: (web) => header(web.page(STRANGER), 'access-control-allow-credentials'),
    broken: ['MissingAllowOriginHeader', 'true'],
    right: ['MissingAllowOriginHeader', undefined],
  },
  {
    shipped: "enableCors({ origin: 'https://…' }): a stranger is blocked, and told who is allowed",
    platforms: PLATFORMS,
    stock: (platform) => shop.stock(platform, (app) => app.enableCors({ origin: APP })),
    ours: (platform) => shop.ours(platform, { default: { origin: APP } }),
    meet: (web) => header(web.page(STRANGER), 'access-control-allow-origin'),
    broken: ['AllowOriginMismatch', APP],
    right: ['MissingAllowOriginHeader', undefined],
  },
  {
    shipped:
      'enableCors({ origin: function }) and a cacheable image: the copy without Vary blocks the fetch',
    platforms: ['express'],
    stock: (platform) =>
      shop.stock(platform, (app) =>
        app.enableCors({
          origin: (origin: string | undefined, decide: Decide) => decide(null, origin === APP),
        }),
      ),
    ours: (platform) => shop.ours(platform, { default: { origin: (origin) => origin === APP } }),
    meet: async (web) => {
      const page = web.page(APP);
      await page.fetch('/orders', { mode: 'no-cors' });
      return brief(page.fetch('/orders'));
    },
    broken: 'MissingAllowOriginHeader',
    right: 200,
  },
  {
    shipped: 'enableCors({ origin: [/…/g] }): every other request of an allowed page is blocked',
    platforms: ['express'],
    stock: (platform) =>
      shop.stock(platform, (app) => app.enableCors({ origin: [/^https:\/\/app\.example\.com$/g] })),
    ours: (platform) =>
      shop.ours(platform, { default: { origin: [/^https:\/\/app\.example\.com$/] } }),
    meet: async (web) => {
      const page = web.page(APP);
      const again = { cache: 'no-store' as const };
      return [await brief(page.fetch('/orders', again)), await brief(page.fetch('/orders', again))];
    },
    broken: [200, 'MissingAllowOriginHeader'],
    right: [200, 200],
  },
  {
    shipped: 'enableCors({ origin: function }) and @All(): a denied preflight runs the handler',
    platforms: ['express'],
    stock: (platform) =>
      shop.stock(
        platform,
        (app) => app.enableCors({ origin: (_: unknown, decide: Decide) => decide(null, false) }),
        [AnyMethodController],
      ),
    ours: (platform) => shop.ours(platform, { default: { origin: APP } }, [AnyMethodController]),
    meet: async (web) => {
      const { exchange } = await web.page(STRANGER).fetch('/any', { method: 'PUT' });
      return exchange.map(({ method, status }) => `${method} ${status}`);
    },
    broken: ['OPTIONS 200'],
    right: ['OPTIONS 403'],
  },
  {
    shipped: "enableCors(): a script's own OPTIONS never reaches its handler",
    platforms: PLATFORMS,
    stock: (platform) =>
      shop.stock(platform, (app) => app.enableCors({ origin: APP, methods: ['OPTIONS'] })),
    ours: (platform) => shop.ours(platform, { default: { origin: APP } }),
    meet: async (web) => {
      const result = await web.page(APP).fetch('/about', { method: 'OPTIONS' });
      return result.allowed && (await result.text()) === 'mine';
    },
    broken: false,
    right: true,
  },
  {
    shipped: 'a route with its own config.cors under @fastify/cors: its preflight ignores it',
    platforms: ['fastify'],
    stock: (platform) =>
      shop.stock(platform, (app) => app.enableCors({ origin: [APP], methods: ['PUT'] }), [
        RouteConfigController,
      ]),
    ours: (platform) => shop.ours(platform, { default: { origin: APP } }, [RoutePolicyController]),
    meet: (web) => brief(web.page(OTHER).fetch('/orders', { method: 'PUT' })),
    broken: 'PreflightMissingAllowOriginHeader',
    right: 200,
  },
];
