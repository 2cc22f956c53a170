import { All, Controller, Req, Res, type Type } from '@nestjs/common';
import { request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import { CorsPolicy } from 'nestjs-cors';

/** Fastify's request and reply hold Node's; Express's are Node's. */
interface Wrapped<Raw> {
  readonly raw?: Raw;
  hijack?(): void;
}

/** A controller that forwards whatever comes below the mounts, under the `paths` entry that covers it. */
export function forwardingController(mounts: readonly string[], upstream: string): Type {
  @CorsPolicy('paths')
  @Controller()
  class ForwardingController {
    @All(mounts.flatMap((mount) => [mount, `${mount}/*`]))
    forward(
      @Req() request: IncomingMessage & Wrapped<IncomingMessage>,
      @Res() response: ServerResponse & Wrapped<ServerResponse>,
    ): void {
      response.hijack?.();
      pipe(request.raw ?? request, response.raw ?? response, upstream);
    }
  }
  return ForwardingController;
}

function pipe(request: IncomingMessage, response: ServerResponse, upstream: string): void {
  const { method, headers } = request;
  const path = (request.url ?? '/').replace(/^https?:\/\/[^/]*/i, '');
  const { hostname, port } = new URL(upstream);
  const sent = send({ hostname, port, path, method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  sent.on('error', () => response.writeHead(502).end());
  sent.end();
}
