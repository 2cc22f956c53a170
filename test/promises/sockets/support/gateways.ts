import type { Type } from '@nestjs/common';
import {
  type GatewayMetadata,
  type OnGatewayConnection,
  SubscribeMessage,
  WebSocketGateway,
} from '@nestjs/websockets';
import type { IncomingMessage } from 'node:http';
import { CorsPolicy, NoCors } from 'nestjs-cors';

interface Client {
  send(message: string): void;
}

/** A gateway that greets whoever connects with its name and the cookies that came with the upgrade. */
export function gateway(
  name: string,
  options: GatewayMetadata & { readonly port?: number },
  policy?: Parameters<typeof CorsPolicy>[0] | false,
): Type {
  const { port = 0, ...metadata } = options;
  @WebSocketGateway(port, metadata)
  class Greeter implements OnGatewayConnection {
    handleConnection(client: Client, request?: IncomingMessage): void {
      client.send(`${name}, cookie ${request?.headers?.cookie ?? 'none'}`);
    }

    @SubscribeMessage('ping') ping(): object {
      return { event: 'pong', data: name };
    }
  }
  Object.defineProperty(Greeter, 'name', { value: name });
  if (policy !== undefined) (policy === false ? NoCors() : CorsPolicy(policy))(Greeter);
  return Greeter;
}
