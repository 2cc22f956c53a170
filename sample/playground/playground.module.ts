import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CorsModule, type CorsModuleOptions } from 'nestjs-cors';
import { CorsInspectorModule } from 'nestjs-cors/inspector';
import { AdminController } from '../shop/admin.controller.js';
import { Anonymous, AuthGuard } from '../shop/auth.guard.js';
import { CatalogueController } from '../shop/catalogue.controller.js';
import { DashboardController } from '../shop/dashboard.controller.js';
import { OrdersController } from '../shop/orders.controller.js';
import { ExchangeLog } from './exchanges.js';
import { ExplainController } from './explain.controller.js';
import { SessionController } from './session.controller.js';

/** The shop, with the policies of the editor, and the inspector's page at /cors. */
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
  static under(options: CorsModuleOptions): DynamicModule {
    const page = CorsInspectorModule.forRoot({ decorators: [Anonymous()] });
    return { module: PlaygroundModule, imports: [CorsModule.forRoot(options), page] };
  }
}
