import { Module } from '@nestjs/common';
import { ClientsModule, Transport } from '@nestjs/microservices';
import { CorsModule } from 'nestjs-cors';
import { ArchiveController } from './archive.controller.js';
import { BillingController } from './billing.controller.js';
import { CatalogueController } from './catalogue.controller.js';
import { OrdersController } from './orders.controller.js';
import { PricesGateway } from './prices.gateway.js';
import { PORTS } from './services/index.js';

const clients = (['catalogue', 'orders', 'billing'] as const).map((name) => ({
  name,
  transport: Transport.TCP as const,
  options: { host: '127.0.0.1', port: PORTS[name] },
}));

/** The one place in which the shop's CORS is decided; no service has any. */
@Module({
  imports: [
    ClientsModule.register(clients),
    CorsModule.forRoot({
      default: 'app',
      policies: {
        app: { origin: 'https://app.example.com', credentials: true },
        partners: { origin: 'https://*.partner.example', maxAge: 3600 },
        public: { origin: '*' },
      },
      paths: [
        // No handler of Nest's serves these: main.ts puts a proxy there.
        { path: '/reports/*rest', policy: 'partners', keepExposedHeaders: true },
        // A handler forwards these, under @CorsPolicy('paths').
        { path: '/archive/*rest', policy: 'partners' },
        { path: '/archive/public/*rest', policy: 'public' },
      ],
    }),
  ],
  controllers: [CatalogueController, OrdersController, BillingController, ArchiveController],
  providers: [PricesGateway],
})
export class GatewayModule {}
