import {
  type CallHandler,
  type CanActivate,
  Controller,
  type ExecutionContext,
  Get,
  Injectable,
  type NestInterceptor,
  Put,
} from '@nestjs/common';
import { CorsPolicy } from 'nestjs-cors';
import { CorsInspectorModule, type CorsInspectorModuleOptions } from 'nestjs-cors/inspector';
import { map, type Observable } from 'rxjs';
import type { AppDescription } from '../../../support/test-app.js';

@CorsPolicy('partners')
@Controller('orders')
export class OrdersController {
  @Get(':id') one(): string {
    return 'one';
  }

  @Put(':id') change(): string {
    return 'changed';
  }
}

/** A guard that lets nobody in. */
@Injectable()
export class Closed implements CanActivate {
  canActivate(): boolean {
    return false;
  }
}

/** As applications have them: every answer is put into an envelope. */
export class Wrapping implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(map((data: unknown) => ({ data })));
  }
}

const CORS = {
  policies: { partners: { origin: 'https://partner.example', allowedHeaders: ['X-Trace'] } },
};

/** Orders for partners, and the page. */
export function described(
  options: CorsInspectorModuleOptions = {},
  more: Partial<AppDescription> = {},
): AppDescription {
  const imports = [CorsInspectorModule.forRoot(options)];
  return { controllers: [OrdersController], cors: CORS, imports, ...more };
}
