import { Controller, Delete, Get, Header, Options, Patch, Post, Put } from '@nestjs/common';
import { CorsPolicy } from 'nestjs-cors';
import { A, APP, C } from './row.js';

/** For tests over plain http. */
export const overHttp = {
  credentials: true,
  dangerouslyAllow: ['insecure-origin-with-credentials'],
} as const;

@CorsPolicy({ origin: [A, C] })
@Controller('list')
export class ListController {
  @Get() read(): string[] {
    return ['one'];
  }
  @Put() replace(): void {}
  @Post() add(): void {}
  @Options('plain') options(): string {
    return 'mine';
  }
}

@CorsPolicy({ origin: C })
@Controller('other')
export class OtherController {
  @Get() read(): string[] {
    return ['one'];
  }
}

@CorsPolicy({ origin: '*' })
@Controller('public')
export class PublicController {
  @Get() read(): string[] {
    return ['one'];
  }
}

@CorsPolicy({ origin: A, methods: ['PUT'] })
@Controller('put-only')
export class PutOnlyController {
  @Put() replace(): void {}
  @Delete() remove(): void {}
}

@CorsPolicy({ origin: A, methods: ['PATCH'] })
@Controller('patch')
export class PatchController {
  @Patch() change(): void {}
}

@Controller('headers')
export class HeadersController {
  @CorsPolicy({ origin: A, allowedHeaders: ['X-One', 'x-two', 'X-THREE', 'X-Four', 'x-five'] })
  @Get('five')
  five(): void {}

  @CorsPolicy({ origin: A, allowedHeaders: '*' })
  @Get('star')
  star(): void {}

  @CorsPolicy({ origin: A, allowedHeaders: ['*', 'Authorization'] })
  @Get('star-authorization')
  starAuthorization(): void {}
}

@CorsPolicy({ origin: [A, APP], allowedHeaders: '*', ...overHttp })
@Controller('session')
export class SessionController {
  @Get() read(): void {}
  @Put() replace(): void {}
}

@Controller('expose')
export class ExposeController {
  @CorsPolicy({ origin: A, exposedHeaders: 'X-A' })
  @Header('X-A', '1')
  @Header('X-C', '1')
  @Header('Set-Cookie', 'seen=no')
  @Get('one')
  one(): void {}

  @CorsPolicy({ origin: '*', exposedHeaders: '*' })
  @Header('X-A', '1')
  @Header('X-C', '1')
  @Header('Set-Cookie', 'seen=no')
  @Get('all')
  all(): void {}
}

@Controller('remember')
export class RememberController {
  @CorsPolicy({ origin: A, maxAge: 600 }) @Put('long') long(): void {}
  @CorsPolicy({ origin: A, maxAge: -1 }) @Put('never') never(): void {}
  @CorsPolicy({ origin: A }) @Put('together') together(): void {}
  @CorsPolicy({ origin: A }) @Delete('together') together2(): void {}
  @CorsPolicy({ origin: A }) @Put('apart') apart(): void {}
  @CorsPolicy({ origin: A, maxAge: 60 }) @Delete('apart') apart2(): void {}
}

@Controller('two')
export class TwoPoliciesController {
  @CorsPolicy({ origin: A }) @Put() replace(): void {}
  @CorsPolicy({ origin: C }) @Delete() remove(): void {}
}

@CorsPolicy({ origin: A, exposedHeaders: 'X-Variant' })
@Controller('a/variant')
export class VariantController {
  @Get() read(): string {
    return 'variant';
  }
}

@CorsPolicy({ origin: 'http://xn--bcher-kva.example' })
@Controller('idn')
export class IdnController {
  @Get() read(): void {}
}

@CorsPolicy({ origin: ['http://*.b.example'], ...overHttp })
@Controller('pattern')
export class PatternController {
  @Get() read(): void {}
}
