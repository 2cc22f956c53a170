import { Injectable } from '@nestjs/common';
import type { IncomingMessage, Server } from 'node:http';

/** Told of a server when the first request that came through it reaches the application. */
export type ServerListener = (server: Server, request: IncomingMessage) => void;

/** The HTTP servers whose requests reach the application, whoever made them. */
@Injectable()
export class HttpServers {
  private last: Server | undefined;
  private listener: ServerListener | undefined;

  /** May call more than once for a server. */
  listen(listener: ServerListener): void {
    this.listener = listener;
  }

  /** Called for every request; nearly all come through the same server as the one before. */
  meet(request: IncomingMessage): void {
    if (this.listener === undefined) return;
    const { server } = request.socket as { server?: Server };
    if (server === undefined || server === this.last) return;
    this.last = server;
    this.listener(server, request);
  }
}
