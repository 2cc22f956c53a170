import { Body, Controller, Get, Inject, Post } from '@nestjs/common';
import type { ClientProxy } from '@nestjs/microservices';
import { CorsPolicy } from 'nestjs-cors';
import type { Observable } from 'rxjs';

/** Partners list orders and place them from their own pages. */
@CorsPolicy('partners')
@Controller('orders')
export class OrdersController {
  constructor(@Inject('orders') private readonly service: ClientProxy) {}

  @Get()
  list(): Observable<object[]> {
    return this.service.send('orders.list', {});
  }

  @Post()
  create(@Body() order: object): Observable<object> {
    return this.service.send('orders.create', order);
  }
}
