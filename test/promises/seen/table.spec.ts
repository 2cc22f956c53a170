import { Controller, Get } from '@nestjs/common';
import { WsAdapter } from '@nestjs/platform-ws';
import { WebSocketGateway } from '@nestjs/websockets';
import { CorsInspector, CorsPolicy, NoCors } from 'nestjs-cors';
import { createAdapter, PLATFORMS } from '../../support/platforms.js';
import { startApp } from '../../support/test-app.js';

@CorsPolicy('partners')
@Controller('orders')
class OrdersController {
  @Get() list(): string {
    return 'orders';
  }

  @NoCors() @Get(':id') one(): string {
    return 'order';
  }
}

@CorsPolicy('partners')
@WebSocketGateway({ path: '/prices' })
class PricesGateway {}

const CORS = {
  default: { origin: 'https://app.example.com' },
  policies: { partners: { origin: 'https://partner.example' } },
  paths: [
    { path: '/assets/*rest', policy: { origin: '*' } },
    { path: '/graphql', methods: ['GET', 'POST'], policy: 'partners' },
  ],
};

it.each(PLATFORMS)('the table has every place at which a policy holds, on %s', async (platform) => {
  const { app, close } = await startApp(createAdapter(platform), {
    controllers: [OrdersController],
    providers: [PricesGateway],
    cors: CORS,
    configure: (app) => {
      app.useWebSocketAdapter(new WsAdapter(app));
    },
  });
  const lines = app.get(CorsInspector).table().split('\n');
  await close();
  expect(lines.map((line) => line.split(/ {2,}/))).toEqual([
    ['METHOD', 'PATH', 'HANDLER', 'POLICY'],
    ['GET', '/orders', 'OrdersController.list', 'partners'],
    ['GET', '/orders/:id', 'OrdersController.one', '@NoCors()'],
    ['ANY', '/assets/*', 'paths[0]', 'paths[0].policy'],
    ['GET,POST', '/graphql', 'paths[1]', 'partners'],
    ['WS', '/prices', 'PricesGateway', 'partners'],
    ['ANY', 'anything else', 'default', 'default'],
  ]);
});
