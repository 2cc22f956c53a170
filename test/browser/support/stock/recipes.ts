import type { INestApplication } from '@nestjs/common';
import { createNest, PLATFORMS, type Platform } from '../nest-app.js';
import type { Defect } from './defect.js';
import { brief } from './meet.js';
import * as shop from './shop.js';

const { APP } = shop;
const signedIn = { method: 'PUT', headers: { authorization: 'Bearer shop' } } as const;

/** An application whose guard is global and whose headers come from an interceptor and an OPTIONS controller. */
async function recipe(platform: Platform): Promise<INestApplication> {
  const controllers = [shop.OrdersController, shop.OptionsController];
  return shop.stock(
    platform,
    (app) =>
      app.useGlobalGuards(new shop.SignedIn()).useGlobalInterceptors(new shop.HeadersInterceptor()),
    controllers,
  );
}

async function guarded(platform: Platform): Promise<INestApplication> {
  const app = await shop.ours(platform, { default: { origin: APP } });
  return app.useGlobalGuards(new shop.SignedIn());
}

/** What users write instead of `enableCors()`. */
export const RECIPES: readonly Defect[] = [
  {
    shipped: 'an OPTIONS controller behind a global guard: every preflight fails',
    platforms: PLATFORMS,
    stock: recipe,
    ours: guarded,
    meet: (web) => brief(web.page(APP).fetch('/orders', signedIn)),
    broken: 'PreflightMissingAllowOriginHeader',
    right: 200,
  },
  {
    shipped: "headers from an interceptor: the guard's 403 cannot be read",
    platforms: PLATFORMS,
    stock: recipe,
    ours: guarded,
    meet: (web) => brief(web.page(APP).fetch('/orders')),
    broken: 'MissingAllowOriginHeader',
    right: 403,
  },
  {
    shipped: 'headers from an interceptor: the 404 cannot be read',
    platforms: PLATFORMS,
    stock: recipe,
    ours: guarded,
    meet: (web) => brief(web.page(APP).fetch('/nowhere')),
    broken: 'MissingAllowOriginHeader',
    right: 404,
  },
  {
    shipped: 'middleware for a controller, with forRoutes(): it never sees the preflight',
    platforms: PLATFORMS,
    stock: (platform) =>
      createNest(platform, {
        imports: [shop.MiddlewareModule],
        controllers: [shop.OrdersController],
      }),
    ours: (platform) => shop.ours(platform, { default: { origin: APP } }),
    meet: (web) => brief(web.page(APP).fetch('/orders', { method: 'PUT' })),
    broken: 'PreflightMissingAllowOriginHeader',
    right: 200,
  },
];
