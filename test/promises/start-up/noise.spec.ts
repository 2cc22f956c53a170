import { inspect } from 'node:util';
import { Controller, Get, Module, type LoggerService } from '@nestjs/common';
import { type AbstractHttpAdapter, NestFactory } from '@nestjs/core';
import {
  CorsConfigurationError,
  CorsModule,
  CorsPolicy,
  type CorsModuleOptions,
} from 'nestjs-cors';
import { inProduction } from '../../support/in-production.js';
import { createAdapter, PLATFORMS } from '../../support/platforms.js';

@CorsPolicy('partners')
@Controller('orders')
class OrdersController {
  @Get()
  list(): string {
    return 'orders';
  }
}

@Controller('plain')
class PlainController {
  @Get()
  read(): string {
    return 'read';
  }
}

/** As in the README's first example. */
const README: CorsModuleOptions = {
  default: 'app',
  policies: {
    app: { origin: 'https://app.example.com', credentials: true },
    partners: { origin: ['https://*.partner.example'], maxAge: 3600 },
  },
};

/** Every line that Nest and the module log while an application starts. */
async function linesOf(
  options: CorsModuleOptions,
  adapter: AbstractHttpAdapter,
): Promise<string[]> {
  @Module({
    imports: [CorsModule.forRoot(options)],
    controllers: [OrdersController, PlainController],
  })
  class AppModule {}
  const lines: string[] = [];
  const note = (...args: unknown[]): void => void lines.push(args.map(String).join(' '));
  const logger: LoggerService = { log: note, warn: note, error: note };
  const app = await NestFactory.create(AppModule, adapter, { logger });
  await app.init();
  await app.close();
  return lines;
}

describe.each(PLATFORMS)('on %s, the start', (platform) => {
  it('logs no controller of the module, and no warning where nothing is amiss', async () => {
    const lines = await linesOf(README, createAdapter(platform));
    expect(lines.filter((line) => line.includes('OrdersController'))).toHaveLength(1);
    expect(lines.filter((line) => /preflight|CorsModule:/i.test(line))).toEqual([]);
  });

  it('says in one line how many routes are under which policies, and not in production', async () => {
    const of = (lines: readonly string[]): readonly string[] =>
      lines.filter((line) => / routes?: /.test(line));
    expect(of(await linesOf(README, createAdapter(platform)))).toEqual([
      '2 routes: 1 under "partners", 1 under "app" CorsModule',
    ]);
    const lines = await inProduction(() => linesOf(README, createAdapter(platform)));
    expect(of(lines)).toEqual([]);
  });
});

describe('an error of the configuration', () => {
  it('is printed with each mistake once', () => {
    const { errors } = CorsModule.validate({ default: { origin: 'https//x' } });
    const printed = inspect({ error: new CorsConfigurationError(errors) });
    expect(printed.split('has no scheme')).toHaveLength(2);
  });
});
