import { Controller, Get, Module } from '@nestjs/common';
import { CorsModule, CorsPolicy, fromSource, type CorsReading } from 'nestjs-cors';

@CorsPolicy('tenants')
@Controller('orders')
class OrdersController {
  @Get() list(): string {
    return 'orders';
  }
}

/** The state of the application's own source. */
function read(): Promise<CorsReading> {
  const text = process.env['CORS_TEST_STATE'];
  if (text === undefined) return Promise.reject(new Error('connection refused'));
  return Promise.resolve(JSON.parse(text) as CorsReading);
}

@Module({
  imports: [
    CorsModule.forRoot({
      default: { origin: 'https://app.example' },
      policies: { tenants: { origin: fromSource(), credentials: true, maxAge: 60 } },
      live: { source: { name: 'a table', read }, mayChange: ['origin', 'maxAge'] },
    }),
  ],
  controllers: [OrdersController],
})
export class AppModule {}
