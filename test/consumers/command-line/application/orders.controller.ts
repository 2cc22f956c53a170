import { Controller, Get, Param, Put } from '@nestjs/common';
import { CorsPolicy, NoCors } from 'nestjs-cors';

@CorsPolicy('partners')
@Controller('orders')
export class OrdersController {
  @Get(':id') one(@Param('id') id: string): object {
    return { id };
  }

  @NoCors()
  @Put(':id')
  replace(@Param('id') id: string): object {
    return { id };
  }
}
