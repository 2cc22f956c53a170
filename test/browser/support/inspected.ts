import { Controller, Delete, Get, Put } from '@nestjs/common';
import { CorsPolicy, NoCors } from 'nestjs-cors';

/** A place of every kind of openness. */
@CorsPolicy('partners')
@Controller('orders')
export class InspectedController {
  @Get(':id') one(): string {
    return 'one';
  }
  @Put(':id') change(): string {
    return 'changed';
  }
  @NoCors() @Delete(':id') remove(): string {
    return 'removed';
  }
  @CorsPolicy('public') @Get() all(): string {
    return 'all';
  }
  @CorsPolicy('app') @Get(':id/notes') notes(): string {
    return 'notes';
  }
  @CorsPolicy({ origin: (origin) => origin.endsWith('.tenant.example') })
  @Get(':id/tenant')
  tenant(): string {
    return 'tenant';
  }
}
