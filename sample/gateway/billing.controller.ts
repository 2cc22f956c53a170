import { Controller, Get, Inject, ServiceUnavailableException } from '@nestjs/common';
import type { ClientProxy } from '@nestjs/microservices';
import { NoCors } from 'nestjs-cors';
import { catchError, type Observable } from 'rxjs';

/** The shop's dashboard reads invoices: under the default policy. Nobody's page reads `/billing/internal`. */
@Controller('billing')
export class BillingController {
  constructor(@Inject('billing') private readonly service: ClientProxy) {}

  @Get('invoices')
  invoices(): Observable<object[]> {
    return this.service.send<object[]>('billing.invoices', {});
  }

  /** Nobody answers this message: the page that may read this route may read its 503 too. */
  @Get('broken')
  broken(): Observable<object> {
    return this.service.send<object>('billing.broken', {}).pipe(
      catchError(() => {
        throw new ServiceUnavailableException('billing is out');
      }),
    );
  }

  @NoCors()
  @Get('internal')
  internal(): object {
    return { for: 'nobody else' };
  }
}
