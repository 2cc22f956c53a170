import { Body, Controller, type DynamicModule, Get, Module, Put, Sse } from '@nestjs/common';
import { type Observable, of } from 'rxjs';
import { modulesFor } from './neighbours.js';

/** The same application without this package: a step that fails here too is Nest's own. */
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

  @Sse('events')
  events(): Observable<{ data: string }> {
    return of({ data: 'one' });
  }
}

@Module({})
export class AppModule {
  static with(_strategy: string, adapter = 'express'): DynamicModule {
    return { module: AppModule, imports: modulesFor(adapter), controllers: [OrdersController] };
  }
}
