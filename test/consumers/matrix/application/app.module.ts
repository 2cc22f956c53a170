import { Body, Controller, type DynamicModule, Get, Module, Put, Sse } from '@nestjs/common';
import { CorsModule, type CorsStrategy, CorsPolicy, NoCors } from 'nestjs-cors';
import { type Observable, of } from 'rxjs';
import { modulesFor, paths } from './neighbours.js';

@CorsPolicy('partners')
@Controller('orders')
export class OrdersController {
  @Get()
  list(): string[] {
    return ['first'];
  }

  @Put(':id')
  update(@Body() body: object): object {
    return body;
  }

  @CorsPolicy('shops')
  @Get('shops')
  shops(): string {
    return 'shops';
  }

  @NoCors()
  @Get('hidden')
  hidden(): string {
    return 'hidden';
  }

  @Sse('events')
  events(): Observable<{ data: string }> {
    return of({ data: 'one' });
  }
}

@Module({})
export class AppModule {
  /** A wildcard asks for `tldts`, a RegExp for the part of the package that is loaded on demand. */
  static with(strategy: CorsStrategy, adapter = 'express'): DynamicModule {
    const cors = CorsModule.forRoot({
      strategy,
      ...(strategy === 'hook' && paths.length > 0 && { paths }),
      policies: {
        partners: { origin: ['https://*.partner.example'], maxAge: 3600 },
        shops: { origin: /^https:\/\/shop-[0-9]+\.example\.com$/ },
      },
    });
    return {
      module: AppModule,
      imports: [cors, ...modulesFor(adapter)],
      controllers: [OrdersController],
    };
  }
}
