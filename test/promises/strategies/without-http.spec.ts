import { Controller, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ClientProxyFactory, MessagePattern, Transport } from '@nestjs/microservices';
import { Test } from '@nestjs/testing';
import { CorsConfigurationError, CorsInspector } from 'nestjs-cors';
import type { AddressInfo } from 'node:net';
import { firstValueFrom } from 'rxjs';
import { corsLines } from '../../support/observe.js';
import { createAdapter, MATRIX, STRATEGIES } from '../../support/platforms.js';
import { send } from '../../support/raw.js';
import { preflight } from '../../support/row.js';
import { rootModule, startApp } from '../../support/test-app.js';
import { DoorController, OPTIONS, GRANT, boot, closeDoors } from './support/door.js';

closeDoors();

@Controller()
class SumController {
  @MessagePattern('sum') sum(numbers: number[]): number {
    return numbers.reduce((sum, number) => sum + number, 0);
  }
}

async function sumThrough(port: number): Promise<number> {
  const client = ClientProxyFactory.create({
    transport: Transport.TCP,
    options: { host: '127.0.0.1', port },
  });
  try {
    return await firstValueFrom(client.send<number, number[]>('sum', [1, 2, 3]));
  } finally {
    await client.close();
  }
}

describe('without HTTP the module is inert', () => {
  const TCP = { transport: Transport.TCP, options: { host: '127.0.0.1', port: 0 } } as const;
  const silent = { logger: false, abortOnError: false } as const;

  it.each(STRATEGIES)('a microservice through NestFactory: %s', async (strategy) => {
    const root = rootModule({ cors: OPTIONS, controllers: [SumController] }, strategy);
    const service = await NestFactory.createMicroservice(root, { ...TCP, ...silent });
    await service.listen();
    const { port } = service.unwrap<{ address(): AddressInfo }>().address();
    expect(await sumThrough(port)).toBe(6);
    await service.close();
  });

  it.each(STRATEGIES)('a microservice through the testing module: %s', async (strategy) => {
    const root = rootModule({ cors: OPTIONS, controllers: [SumController] }, strategy);
    const module = await Test.createTestingModule({ imports: [root] }).compile();
    const service = module.createNestMicroservice({ ...TCP, ...silent });
    await service.listen();
    const { port } = service.unwrap<{ address(): AddressInfo }>().address();
    expect(await sumThrough(port)).toBe(6);
    await service.close();
  });

  it.each(MATRIX)('a hybrid application: $title', async ({ platform, strategy }) => {
    let service: { unwrap<Server>(): Server } | undefined;
    const port = await boot(
      createAdapter(platform),
      {
        controllers: [DoorController, SumController],
        configure: async (app) => {
          service = app.connectMicroservice({ ...TCP }, { inheritAppConfig: true });
          await app.startAllMicroservices();
        },
      },
      startApp,
      strategy,
    );
    expect(
      await sumThrough(service?.unwrap<{ address(): AddressInfo }>().address().port ?? 0),
    ).toBe(6);
    expect(corsLines(await send(port, preflight('/door', 'PUT')))).toEqual(GRANT);
  });

  it.each(STRATEGIES)('an application context: %s', async (strategy) => {
    const root = rootModule({ cors: OPTIONS, controllers: [DoorController] }, strategy);
    const context: INestApplicationContext = await NestFactory.createApplicationContext(
      root,
      silent,
    );
    expect(context.get(CorsInspector).routes()).toEqual([]);
    await context.close();
  });

  it('mistakes are found there too', async () => {
    const root = rootModule({ cors: { default: 'nobody' } }, 'hook');
    await expect(NestFactory.createApplicationContext(root, silent)).rejects.toThrow(
      CorsConfigurationError,
    );
  });
});
