import type { Type } from '@nestjs/common';
import { type OnGatewayConnection, WebSocketGateway } from '@nestjs/websockets';
import type { IncomingMessage } from 'node:http';
import { CorsPolicy } from 'nestjs-cors';
import type { WebSocket } from 'ws';

/** Connections that reached the feed. */
export const connections: string[] = [];

/** What gateways without a proxy serve at `/feed` themselves. */
export function feedGateway(decorated: boolean): Type {
  @WebSocketGateway({ path: '/feed' })
  class FeedGateway implements OnGatewayConnection {
    handleConnection(client: WebSocket, request: IncomingMessage): void {
      connections.push(`UPGRADE ${request.url}`);
      client.send(`cookie: ${request.headers.cookie ?? 'none'}`);
    }
  }
  if (decorated) CorsPolicy('app')(FeedGateway);
  return FeedGateway;
}
