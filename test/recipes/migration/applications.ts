import {
  Body,
  Controller,
  Delete,
  Get,
  type INestApplication,
  Module,
  Param,
  Post,
  Put,
} from '@nestjs/common';
import type {
  CorsOptions,
  CorsOptionsDelegate,
} from '@nestjs/common/interfaces/external/cors-options.interface.js';
import { NestFactory } from '@nestjs/core';
import { CorsModule, type CorsPolicyOptions } from 'nestjs-cors';
import { createAdapter, type PlatformName } from '../../support/platforms.js';

/** The controller of Nest's documentation. */
@Controller('cats')
class CatsController {
  @Post() create(@Body() cat: unknown): unknown {
    return cat;
  }
  @Get() findAll(): string {
    return 'This action returns all cats';
  }
  @Get(':id') findOne(@Param('id') id: string): string {
    return `This action returns a #${id} cat`;
  }
  @Put(':id') update(@Param('id') id: string): string {
    return `This action updates a #${id} cat`;
  }
  @Delete(':id') remove(@Param('id') id: string): string {
    return `This action removes a #${id} cat`;
  }
}

@Module({ controllers: [CatsController] })
class CatsModule {}

type Before = CorsOptions | CorsOptionsDelegate<{ headers: { origin?: string } }>;

const create = (
  platform: PlatformName,
  imports: NonNullable<Parameters<typeof Module>[0]['imports']>,
) =>
  NestFactory.create(
    { module: class AppModule {}, imports: [CatsModule, ...imports] },
    createAdapter(platform),
    { logger: false, abortOnError: false },
  );

/** As Nest's documentation has it: `const app = await NestFactory.create(AppModule); app.enableCors(…);`. */
export async function before(platform: PlatformName, options?: Before): Promise<INestApplication> {
  const app = await create(platform, []);
  app.enableCors(options as CorsOptions);
  await app.listen(0, '127.0.0.1');
  return app;
}

/** The same with one line in the module instead. */
export async function after(
  platform: PlatformName,
  options: CorsPolicyOptions,
): Promise<INestApplication> {
  const app = await create(platform, [CorsModule.forRoot({ default: options })]);
  await app.listen(0, '127.0.0.1');
  return app;
}

export interface OptionSet {
  readonly name: string;
  readonly before?: Before;
  readonly after: CorsPolicyOptions;
}

const ORIGINS = ['https://app.example.com', 'https://admin.example.com'];
/** The delegate of the documentation of `cors`. */
const delegate: CorsOptionsDelegate<{ headers: { origin?: string } }> = ({ headers }, callback) =>
  callback(null as unknown as Error, { origin: ORIGINS.includes(headers.origin ?? '') });

/** The options that an application passes to `enableCors()`, and those that it passes to `default` then. */
export const OPTION_SETS: readonly OptionSet[] = [
  { name: 'no options', after: { origin: '*' } },
  {
    name: 'every origin, with credentials',
    before: { origin: true, credentials: true },
    after: { origin: ORIGINS, credentials: true },
  },
  ...same('a list', { origin: ORIGINS, credentials: true }),
  ...same('one origin', { origin: 'https://app.example.com' }),
  ...same('methods', { origin: ORIGINS, methods: ['GET', 'PUT'] }),
  ...same('headers and age', {
    origin: ORIGINS,
    allowedHeaders: ['Authorization', 'Content-Type'],
    exposedHeaders: ['X-Total-Count'],
    maxAge: 3600,
    optionsSuccessStatus: 200,
  }),
  { name: 'a delegate', before: delegate, after: { origin: ORIGINS } },
];

function same(name: string, options: CorsOptions & CorsPolicyOptions): readonly OptionSet[] {
  return [{ name, before: options, after: options }];
}
