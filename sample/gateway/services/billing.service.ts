import { Controller, Module } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';

@Controller()
class BillingHandlers {
  @MessagePattern('billing.invoices') invoices(): object[] {
    return [{ order: 7, total: 18, paid: true }];
  }
}

/** Writes the invoices. */
@Module({ controllers: [BillingHandlers] })
export class BillingServiceModule {}
