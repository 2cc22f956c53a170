import { Controller, Module } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';

const orders = [{ id: 7, sku: 'mug', quantity: 2 }];

@Controller()
class OrdersHandlers {
  @MessagePattern('orders.list') list(): object[] {
    return orders;
  }

  @MessagePattern('orders.create') create(@Payload() order: { sku: string }): object {
    const created = { id: orders.length + 7, quantity: 1, ...order };
    orders.push(created);
    return created;
  }
}

/** Keeps the orders. */
@Module({ controllers: [OrdersHandlers] })
export class OrdersServiceModule {}
