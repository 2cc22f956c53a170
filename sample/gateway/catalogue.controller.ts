import { Controller, Get, Inject } from '@nestjs/common';
import type { ClientProxy } from '@nestjs/microservices';
import { CorsPolicy } from 'nestjs-cors';
import type { Observable } from 'rxjs';

/** For everyone, on any site. */
@CorsPolicy('public')
@Controller('catalogue')
export class CatalogueController {
  constructor(@Inject('catalogue') private readonly service: ClientProxy) {}

  @Get()
  list(): Observable<object[]> {
    return this.service.send('catalogue.list', {});
  }
}
