import { Module } from '@nestjs/common';
import { ClientsModule, Transport } from '@nestjs/microservices';
import { CorsModule } from 'nestjs-cors';
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
      // No handler of Nest's serves these: main.ts puts a proxy there.
      paths: [{ path: '/reports/*rest', policy: 'partners', keepExposedHeaders: true }],
    }),
  ],
  controllers: [CatalogueController, OrdersController, BillingController],
  providers: [PricesGateway],
})
export class GatewayModule {}
