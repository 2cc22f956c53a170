import { Controller, Get, Module, Put } from '@nestjs/common';
import { NestFactory, SerializedGraph } from '@nestjs/core';
import { WsAdapter } from '@nestjs/platform-ws';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { CorsModule, CorsPolicy, NoCors } from 'nestjs-cors';
import { createAdapter, PLATFORMS } from '../../support/platforms.js';

@CorsPolicy('partners')
@Controller('orders')
class OrdersController {
  @Get() list(): string {
    return 'orders';
  }

  @NoCors() @Put(':id') replace(): string {
    return 'replaced';
  }
}

@Controller('open')
class OpenController {
  @Get() read(): string {
    return 'open';
  }
}

@CorsPolicy('partners')
@WebSocketGateway({ path: '/prices' })
class PricesGateway {
  @SubscribeMessage('ask') ask(): void {}
}

@Module({
  imports: [CorsModule.forRoot({ policies: { partners: { origin: 'https://partner.example' } } })],
  controllers: [OrdersController, OpenController],
  providers: [PricesGateway],
})
class RootModule {}

interface Entrypoint {
  readonly className: string;
  readonly methodName: string;
  readonly metadata: { readonly corsPolicy?: string };
}

/** The policies in the graph of an application, as it is written to a file. */
async function policiesIn(
  platform: (typeof PLATFORMS)[number],
  snapshot: boolean,
): Promise<object> {
  const options = { logger: false, snapshot } as const;
  const app = await NestFactory.create(RootModule, createAdapter(platform), options);
  app.useWebSocketAdapter(new WsAdapter(app));
  await app.listen(0, '127.0.0.1');
  const { entrypoints } = JSON.parse(app.get(SerializedGraph).toString()) as {
    readonly entrypoints: Readonly<Record<string, readonly Entrypoint[]>>;
  };
  await app.close();
  const told = Object.values(entrypoints).flat();
  return Object.fromEntries(
    told.map(({ className, methodName, metadata }) => [
      `${className}.${methodName}`,
      metadata.corsPolicy,
    ]),
  );
}

describe.each(PLATFORMS)("Nest's graph on %s", (platform) => {
  it('has the policy of each entrypoint', async () => {
    expect(await policiesIn(platform, true)).toMatchObject({
      'OrdersController.list': 'partners',
      'OrdersController.replace': '@NoCors()',
      'OpenController.read': undefined,
      'PricesGateway.ask': 'partners',
    });
  });

  it('has no entrypoints without a snapshot', async () => {
    expect(await policiesIn(platform, false)).toEqual({});
  });
});
