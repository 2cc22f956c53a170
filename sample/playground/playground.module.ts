import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CorsModule } from 'nestjs-cors';
import { AdminController } from '../shop/admin.controller.js';
import { AuthGuard } from '../shop/auth.guard.js';
import { CatalogueController } from '../shop/catalogue.controller.js';
import { DashboardController } from '../shop/dashboard.controller.js';
import { OrdersController } from '../shop/orders.controller.js';
import { ExchangeLog } from './exchanges.js';
import { ExplainController } from './explain.controller.js';
import { type Places, portOf } from './places.js';
import { SessionController } from './session.controller.js';

/** The shop, with policies for sites on this machine. */
@Module({
  controllers: [
    DashboardController,
    OrdersController,
    CatalogueController,
    AdminController,
    SessionController,
    ExplainController,
  ],
  providers: [{ provide: APP_GUARD, useClass: AuthGuard }, ExchangeLog],
})
export class PlaygroundModule {
  static at({ sites: [dashboard, partner] }: Places): DynamicModule {
    const app = dashboard?.origin ?? '';
    const partners = `http://*.partner.localhost:${portOf(partner?.origin ?? '')}`;
    const cors = CorsModule.forRoot({
      default: 'app',
      policies: {
        // Plain http is fine on a machine of one's own, and nowhere else.
        app: {
          origin: app,
          credentials: true,
          dangerouslyAllow: ['insecure-origin-with-credentials'],
        },
        partners: { origin: [partners], exposedHeaders: ['X-Total-Count'], maxAge: 3600 },
        public: { origin: '*' },
      },
    });
    return { module: PlaygroundModule, imports: [cors] };
  }
}
