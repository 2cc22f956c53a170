import { Controller, Get, Module, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { CorsModule } from 'nestjs-cors';

@Controller('orders')
export class OrdersController {
  @Get() list(): string[] {
    return ['first', 'second'];
  }
}

@Module({
  imports: [CorsModule.forRoot({ default: { origin: 'https://inner.example.com' } })],
  controllers: [OrdersController],
})
export class InnerModule {}

@Module({
  imports: [
    CorsModule.forRoot({
      default: { origin: 'https://outer.example.com' },
      paths: [{ path: '/inner/*rest', policy: 'passthrough' }], // says it on Fastify too
    }),
  ],
  controllers: [OrdersController],
})
export class OuterModule {}

/** In `main.ts`, before `listen()`. */
export async function mountInner(outer: INestApplication): Promise<INestApplication> {
  const inner = await NestFactory.create(InnerModule, new ExpressAdapter());
  await inner.init();
  outer.use('/inner', inner.getHttpAdapter().getInstance());
  return inner;
}
