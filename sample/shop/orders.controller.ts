import { Body, Controller, Delete, Get, Param, ParseIntPipe, Post, Put } from '@nestjs/common';
import { CorsPolicy, NoCors } from 'nestjs-cors';

/** What partners' pages may call: every handler under `partners`, but for the two that say otherwise. */
@CorsPolicy('partners')
@Controller('orders')
export class OrdersController {
  @Get()
  list(): object[] {
    return [{ id: 7, total: 49 }];
  }

  @Get(':id')
  one(@Param('id', ParseIntPipe) id: number): object {
    return { id, total: 49 };
  }

  @Post()
  create(@Body() order: object): object {
    return { id: 8, ...order };
  }

  @CorsPolicy({ extends: 'partners', maxAge: 60 })
  @Put(':id')
  update(@Param('id', ParseIntPipe) id: number, @Body() order: object): object {
    return { id, ...order };
  }

  @NoCors()
  @Delete(':id')
  remove(@Param('id', ParseIntPipe) id: number): object {
    return { removed: id };
  }
}
