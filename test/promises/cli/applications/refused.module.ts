import { Controller, Get, Module } from '@nestjs/common';
import { CorsModule, CorsPolicy } from 'nestjs-cors';

@CorsPolicy('partner')
@Controller('orders')
class OrdersController {
  @Get() list(): string {
    return 'orders';
  }
}

@Module({
  imports: [CorsModule.forRoot({ policies: { partners: { origin: 'https://partner.example/' } } })],
  controllers: [OrdersController],
})
export class AppModule {}
