import type { LoggerService } from '@nestjs/common';
import type { IncomingMessage, Server } from 'node:http';
import type { HttpServers } from '../app/http-servers.js';
import type { HttpPlatform } from '../platform/http-platform.js';
import { watchConnections } from './connections.js';
import type { GatedServers } from './gated-servers.js';

/** The place where Express has mounted an application. */
type MountedRequest = IncomingMessage & { readonly baseUrl?: string };

/**
 * Servers that lead to the application and that its adapter did not make: `http.createServer(application)`, or a parent
 * application's. They are recognised by their listener with their first connection; those whose listener is a function of
 * somebody's own, by the first request that reaches the application.
 */
export class HandMadeServers {
  private readonly stop: () => void;
  /** Kept here: {@link watchConnections} does not. */
  private readonly onConnection = (server: Server): void => {
    if (this.gated.has(server)) return;
    const bases = this.platform.reachedFrom(server);
    if (bases.length > 0) this.gated.gate(server, bases);
  };

  constructor(
    private readonly gated: GatedServers,
    private readonly platform: HttpPlatform,
    servers: HttpServers,
    private readonly logger: Pick<LoggerService, 'warn'>,
  ) {
    this.stop = watchConnections(this.onConnection);
    servers.listen((server, request) => this.onRequest(server, request));
  }

  close(): void {
    this.stop();
  }

  /** Below which paths such a server leads to the application is not known: everything on it is decided. */
  private onRequest(server: Server, { baseUrl = '' }: MountedRequest): void {
    if (this.gated.has(server)) return;
    this.gated.gate(server, [baseUrl, '']);
    if (server.listenerCount('upgrade') > 0) this.logger.warn(TOO_LATE);
  }
}

const TOO_LATE =
  'a request reached the application through a server that could not be recognised before it: upgrades and socket.io requests on that server are decided from now on, and earlier ones were not; make it with the application as its listener, http.createServer(application) (node_modules/nestjs-cors/docs/gateway.md#servers-made-by-hand)';
