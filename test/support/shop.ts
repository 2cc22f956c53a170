import { All, Controller, Delete, Get, Param, Patch, Post, Put } from '@nestjs/common';
import { CorsPolicy, NoCors, type CorsPolicyOptions } from 'nestjs-cors';
import { APP } from './origins.js';

/** Allowed with credentials, and `preflights` under another policy than its siblings. */
@CorsPolicy({ origin: APP, credentials: true })
@Controller('shop')
export class ShopController {
  @Get() list(): string {
    return 'list';
  }
  @Post() create(): string {
    return 'created';
  }
  @Put(':id') update(@Param('id') id: string): string {
    return `updated ${id}`;
  }
  @Patch(':id') change(): string {
    return 'changed';
  }
  @NoCors() @Delete(':id') remove(): string {
    return 'removed';
  }
}

/** Every policy of the catalogue below, on a route of its own: `/open/<name>`. */
export const POLICIES = {
  listed: { origin: [APP, 'https://b.example'], allowedHeaders: ['x-one', 'Content-Type'] },
  open: { origin: '*', exposedHeaders: ['X-Total'] },
  pattern: { origin: ['https://*.a.example', 'https://port.example:*'] },
  regexp: { origin: /^https:\/\/[a-z]+\.rx\.example$/ },
  strict: { origin: APP, methods: ['PUT'] },
} as const satisfies Record<string, CorsPolicyOptions>;

@CorsPolicy('listed')
@Controller('listed')
export class ListedController {
  @All() any(): string {
    return 'any';
  }
}

@CorsPolicy('open')
@Controller('open')
export class OpenController {
  @All() any(): string {
    return 'any';
  }
}

@CorsPolicy('pattern')
@Controller('pattern')
export class PatternController {
  @All() any(): string {
    return 'any';
  }
}

@CorsPolicy('regexp')
@Controller('regexp')
export class RegExpController {
  @All() any(): string {
    return 'any';
  }
}

@CorsPolicy('strict')
@Controller('strict')
export class StrictController {
  @Get() read(): string {
    return 'read';
  }
  @Put() write(): string {
    return 'written';
  }
}

export const CONTROLLERS = [
  ShopController,
  ListedController,
  OpenController,
  PatternController,
  RegExpController,
  StrictController,
];
