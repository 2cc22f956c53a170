import { Controller, Get, Param } from '@nestjs/common';
import { CorsPolicy } from 'nestjs-cors';
import { Anonymous } from './auth.guard.js';

/** For everyone, on any site. */
@Anonymous()
@CorsPolicy('public')
@Controller('catalogue')
export class CatalogueController {
  @Get()
  list(): object[] {
    return [{ sku: 'mug', price: 9 }];
  }

  @Get(':sku')
  one(@Param('sku') sku: string): object {
    return { sku, price: 9 };
  }
}
