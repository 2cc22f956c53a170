import type { INestApplication } from '@nestjs/common';
import express from 'express';
import type { FastifyInstance } from 'fastify';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server as SocketIoServer } from 'socket.io';
import { WebSocketServer } from 'ws';
import { APP } from '../../../support/origins.js';
import type { PlatformName } from '../../../support/platforms.js';
import { startUpgradeApp } from './app.js';
import type { Reached, Way } from './way.js';

/** The listener of an application; Nest's Fastify adapter has its own. */
function listenerOf(app: INestApplication, platform: PlatformName): RequestListener {
  const instance: unknown = app.getHttpAdapter().getInstance();
  return platform === 'express'
    ? (instance as RequestListener)
    : (instance as FastifyInstance).routing;
}

/** Hangs a socket server on an HTTP server, on which it takes every upgrade. */
type Attach = (server: Server) => void;

const attachWs: Attach = (server) =>
  void new WebSocketServer({ server }).on('connection', (client) => client.send('opened'));

/** socket.io puts a listener of its own in the place of the application's. */
export function attachSocketIo(server: Server, path = '/feed'): void {
  void new SocketIoServer(server, { path });
}

/** An application under `paths`, with sockets that it does not know of. */
const WITHOUT_GATEWAYS = {
  default: 'nobody',
  policies: { app: { origin: APP, credentials: true }, nobody: { origin: 'https://x.test' } },
  paths: [{ path: '/feed/*rest', policy: 'app' }],
};

/** Sockets on the server of the application itself, attached before it listens. */
export const onOwnServer = async (platform: PlatformName): Promise<Reached> =>
  startUpgradeApp({
    platform,
    cors: WITHOUT_GATEWAYS,
    configure: (app) => attachSocketIo(app.getHttpServer() as Server),
  });

/** Puts an application behind a server made by hand, with sockets of its own. */
export function byHand(
  wrap: (listener: RequestListener) => RequestListener,
  prepare: (port: number) => Promise<unknown> = async () => undefined,
  attach = attachWs,
): Way['start'] {
  return async (platform) => {
    const running = await startUpgradeApp({ platform, cors: WITHOUT_GATEWAYS });
    const servers = [1, 2].map(() => createServer(wrap(listenerOf(running.app, platform))));
    for (const server of servers) {
      attach(server);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    }
    const port = portOf(servers[1] as Server);
    await prepare(port);
    const close = async (): Promise<void> => {
      for (const server of servers) server.close().closeAllConnections();
      await running.close();
    };
    return { port, close };
  };
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

export function inParent(listener: RequestListener): RequestListener {
  const outermost = express();
  const parent = express();
  parent.use('/v1', listener);
  outermost.use('/api', parent);
  return outermost;
}
