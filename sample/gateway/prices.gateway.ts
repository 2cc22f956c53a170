import { type OnGatewayConnection, WebSocketGateway } from '@nestjs/websockets';
import { CorsPolicy } from 'nestjs-cors';
import type { WebSocket } from 'ws';

/** A feed of prices, for the shop's own pages: a stranger's page is refused with 403 before the upgrade. */
@CorsPolicy('app')
@WebSocketGateway({ path: '/prices' })
export class PricesGateway implements OnGatewayConnection {
  handleConnection(client: WebSocket): void {
    const tell = (): void => client.send(JSON.stringify({ sku: 'mug', price: 9 }));
    tell();
    const timer = setInterval(tell, 1000);
    client.on('close', () => clearInterval(timer));
  }
}
