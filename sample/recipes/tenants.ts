import { Controller, Get, Module } from '@nestjs/common';
import { CorsModule, type CorsOriginPredicate } from 'nestjs-cors';

/** The pages of `https://acme.shop.example` read `https://acme.api.example`, and no other tenant's. */
const ownTenant: CorsOriginPredicate = (origin, request) => {
  const [, tenant] = /^([a-z0-9-]+)\.api\.example$/.exec(request.headers.host ?? '') ?? [];
  return tenant !== undefined && origin === `https://${tenant}.shop.example`;
};

@Controller('orders')
export class OrdersController {
  @Get() list(): string[] {
    return ['first', 'second'];
  }
}

@Module({
  imports: [CorsModule.forRoot({ default: { origin: ownTenant, credentials: true } })],
  controllers: [OrdersController],
})
export class TenantsModule {}
