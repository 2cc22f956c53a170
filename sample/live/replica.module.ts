import { Controller, type DynamicModule, Get, Module } from '@nestjs/common';
import { CorsModule, CorsPolicy, fromSource, type CorsPolicySource } from 'nestjs-cors';

@CorsPolicy('tenants')
@Controller('orders')
class OrdersController {
  @Get() list(): readonly string[] {
    return ['an order'];
  }
}

/** A policy whose list comes from a store. */
@Module({ controllers: [OrdersController] })
export class ReplicaModule {
  static over(source: CorsPolicySource): DynamicModule {
    const cors = CorsModule.forRoot({
      policies: { tenants: { origin: fromSource(), credentials: true, maxAge: 60 } },
      live: { source, pollEvery: 500, deadline: 400 },
    });
    return { module: ReplicaModule, imports: [cors] };
  }
}
