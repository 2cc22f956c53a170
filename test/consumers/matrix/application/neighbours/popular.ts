import fastifyCompress from '@fastify/compress';
import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import fastifyMultipart from '@fastify/multipart';
import fastifySession from '@fastify/session';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import {
  Controller,
  type INestApplication,
  Module,
  type ModuleMetadata,
  Post,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { GraphQLModule, Query, Resolver } from '@nestjs/graphql';
import { MercuriusDriver, type MercuriusDriverConfig } from '@nestjs/mercurius';
import { FileInterceptor } from '@nestjs/platform-express';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ServeStaticModule } from '@nestjs/serve-static';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler';
import compression from 'compression';
import session from 'express-session';
import helmet from 'helmet';
import { CorsPolicy, type CorsPathOptions } from 'nestjs-cors';
import { LoggerModule } from 'nestjs-pino';
import { join } from 'node:path';
import passport from 'passport';
import type { Probe } from './check.js';

const PARTNER = 'https://eu.partner.example';
const EVIL = 'https://evil.example';

export const paths: CorsPathOptions[] = [
  { path: '/graphql', policy: 'partners' },
  { path: '/files/*rest', policy: 'partners' },
];

export const probes: Probe[] = [
  ['/graphql', 'PUT', PARTNER, `204 ${PARTNER}`],
  ['/graphql', 'PUT', EVIL, '403 null'],
  ['/files/hello.txt', 'GET', PARTNER, `200 ${PARTNER}`],
  ['/files/hello.txt', 'GET', EVIL, '200 null'],
  ['/docs', 'GET', PARTNER, '200 null'],
];

@Resolver()
class HelloResolver {
  @Query(() => String)
  hello(): string {
    return 'hello';
  }
}

@CorsPolicy('partners')
@Controller('uploads')
class UploadsController {
  @Post()
  @UseInterceptors(FileInterceptor('file'))
  upload(@UploadedFile() file: unknown): boolean {
    return file !== undefined;
  }
}

@Module({ controllers: [UploadsController] })
class UploadsModule {}

const graphql = (adapter: string): ReturnType<typeof GraphQLModule.forRoot> =>
  adapter === 'express'
    ? GraphQLModule.forRoot<ApolloDriverConfig>({ driver: ApolloDriver, autoSchemaFile: true })
    : GraphQLModule.forRoot<MercuriusDriverConfig>({
        driver: MercuriusDriver,
        autoSchemaFile: true,
      });

export const modulesFor = (adapter: string): NonNullable<ModuleMetadata['imports']> => [
  LoggerModule.forRoot({ pinoHttp: { level: 'silent' } }),
  ThrottlerModule.forRoot([{ ttl: 1000, limit: 1000 }]),
  {
    module: UploadsModule,
    providers: [HelloResolver, { provide: APP_GUARD, useClass: ThrottlerGuard }],
  },
  ServeStaticModule.forRoot({ rootPath: join(process.cwd(), 'public'), serveRoot: '/files' }),
  graphql(adapter),
];

export async function prepare(app: INestApplication, adapter: string): Promise<void> {
  if (adapter === 'express') {
    app.use(helmet(), compression(), passport.initialize());
    app.use(session({ secret: 'a secret of this test', resave: false, saveUninitialized: false }));
  } else {
    const fastify = app as NestFastifyApplication;
    await fastify.register(fastifyHelmet as never);
    await fastify.register(fastifyCompress as never);
    await fastify.register(fastifyMultipart as never);
    await fastify.register(fastifyCookie as never);
    await fastify.register(
      fastifySession as never,
      { secret: 'a secret of more than 32 characters, of this test' } as never,
    );
  }
  SwaggerModule.setup('docs', app, () =>
    SwaggerModule.createDocument(app, new DocumentBuilder().build()),
  );
}
