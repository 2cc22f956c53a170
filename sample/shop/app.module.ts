import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CorsModule } from 'nestjs-cors';
import { AdminController } from './admin.controller.js';
import { AuthGuard } from './auth.guard.js';
import { CatalogueController } from './catalogue.controller.js';
import { DashboardController } from './dashboard.controller.js';
import { OrdersController } from './orders.controller.js';

@Module({
  imports: [
    CorsModule.forRoot({
      default: 'app',
      policies: {
        app: { origin: 'https://app.example.com', credentials: true },
        partners: {
          origin: ['https://*.partner.example'],
          exposedHeaders: ['X-Total-Count'],
          maxAge: 3600,
        },
        public: { origin: '*' },
      },
    }),
  ],
  controllers: [DashboardController, OrdersController, CatalogueController, AdminController],
  providers: [{ provide: APP_GUARD, useClass: AuthGuard }],
})
export class AppModule {}
