import { Controller, type INestMicroservice, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { MessagePattern, Payload, RpcException, Transport } from '@nestjs/microservices';
import { closedPort } from '../../../support/ports.js';

/** Messages that reached the service, `METHOD target` each. */
export const messages: string[] = [];

@Controller()
class ForwardController {
  @MessagePattern('forward') async answer(
    @Payload() { method, url }: { method: string; url: string },
  ): Promise<object> {
    messages.push(`${method} ${url}`);
    const last = url.split('?', 1)[0]?.split('/').at(-1) ?? '';
    if (last === 'hang') await new Promise(() => {});
    if (last === 'reset') throw new RpcException('reset');
    const status = last === 'redirect' ? 302 : Number(/^[2-5]\d\d$/.exec(last)?.[0] ?? 200);
    return { status, body: 'from upstream' };
  }
}

@Module({ controllers: [ForwardController] })
class ServiceModule {}

export async function startService(): Promise<{ port: number; service: INestMicroservice }> {
  const port = await closedPort();
  const service = await NestFactory.createMicroservice(ServiceModule, {
    transport: Transport.TCP,
    options: { host: '127.0.0.1', port },
    logger: false,
  });
  await service.listen();
  return { port, service };
}
