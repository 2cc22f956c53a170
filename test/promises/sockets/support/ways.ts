import type { INestApplication } from '@nestjs/common';
import express from 'express';
import type { FastifyInstance } from 'fastify';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server as SocketIoServer } from 'socket.io';
import { WebSocketServer } from 'ws';
import { APP } from '../../../support/origins.js';
import type { PlatformName } from '../../../support/platforms.js';
import { send } from '../../../support/raw.js';
import { closedPort } from '../../../support/upstream.js';
import { startUpgradeApp, type UpgradeApp } from './app.js';
import { gateway } from './gateways.js';

/** Targets by the way in which they are asked for. */
export type Targets = Readonly<Partial<Record<'upgrade' | 'polling' | 'jsonp', string>>>;

export interface Reached {
  readonly port: number;
  close(): Promise<void>;
}

/** A way to the sockets of an application. */
export interface Way {
  readonly name: string;
  readonly targets: Targets;
  start(platform: PlatformName): Promise<Reached>;
}

const POLICIES = { app: { origin: APP, credentials: true }, nobody: { origin: 'https://x.test' } };

function ofApp(spec: (own: number) => Omit<UpgradeApp, 'platform' | 'cors'>): Way['start'] {
  return async (platform) => {
    const own = await closedPort();
    const described = spec(own);
    const running = await startUpgradeApp({ platform, cors: { policies: POLICIES }, ...described });
    const isOwn = described.configure === usesOwnPort;
    return { port: isOwn ? own : running.port, close: () => running.close() };
  };
}

/** Marks what is to be reached by the gateway's port. */
function usesOwnPort(): void {}

const SOCKET_IO = '/socket.io/?EIO=4&transport=';
const TARGETS: Targets = {
  upgrade: `${SOCKET_IO}websocket`,
  polling: `${SOCKET_IO}polling`,
  jsonp: `${SOCKET_IO}polling&j=0`,
};
const WITH_OLD_CLIENTS: Targets = {
  upgrade: '/socket.io/?EIO=3&transport=websocket',
  polling: '/socket.io/?EIO=3&transport=polling',
  jsonp: '/socket.io/?transport=polling&%6a=0&EIO=3',
};

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
const attachSocketIo: Attach = (server) => void new SocketIoServer(server, { path: '/feed' });

/** Puts an application behind a server made by hand, with sockets of its own. */
function byHand(
  wrap: (listener: RequestListener) => RequestListener,
  prepare: (port: number) => Promise<unknown> = async () => undefined,
  attach = attachWs,
): Way['start'] {
  return async (platform) => {
    const paths = [{ path: '/feed/*rest', policy: 'app' }];
    const cors = { default: 'nobody', policies: POLICIES, paths };
    const running = await startUpgradeApp({ platform, cors });
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

function inParent(listener: RequestListener): RequestListener {
  const outermost = express();
  const parent = express();
  parent.use('/v1', listener);
  outermost.use('/api', parent);
  return outermost;
}

const chat = { sockets: 'socket.io' } as const;

export const WAYS: readonly Way[] = [
  {
    name: 'ws',
    targets: { upgrade: '/feed' },
    start: ofApp(() => ({ gateways: [gateway('Feed', { path: '/feed' }, 'app')] })),
  },
  {
    name: 'ws on a port of its own',
    targets: { upgrade: '/feed' },
    start: ofApp((port) => ({
      gateways: [gateway('Feed', { path: '/feed', port }, 'app')],
      configure: usesOwnPort,
    })),
  },
  {
    name: 'socket.io',
    targets: TARGETS,
    start: ofApp(() => ({ ...chat, gateways: [gateway('Chat', {}, 'app')] })),
  },
  {
    name: 'socket.io for old clients',
    targets: WITH_OLD_CLIENTS,
    start: ofApp(() => ({ ...chat, gateways: [gateway('Chat', { allowEIO3: true }, 'app')] })),
  },
  {
    name: 'socket.io on a port of its own',
    targets: TARGETS,
    start: ofApp((port) => ({
      ...chat,
      gateways: [gateway('Chat', { port }, 'app')],
      configure: usesOwnPort,
    })),
  },
  {
    name: 'socket.io with namespaces only',
    targets: TARGETS,
    start: ofApp(() => ({
      ...chat,
      gateways: [
        gateway('Chat', { namespace: 'chat' }, 'app'),
        gateway('News', { namespace: 'news' }, 'nobody'),
      ],
    })),
  },
  { name: 'several servers', targets: { upgrade: '/feed' }, start: byHand((listener) => listener) },
  {
    name: 'servers with a listener of their own, after a first request',
    targets: { upgrade: '/feed' },
    start: byHand(
      (listener) => (request, response) => void listener(request, response),
      (port) => send(port, { path: '/' }),
    ),
  },
  {
    name: 'several servers with socket.io by hand, after a first request',
    targets: { upgrade: '/feed/?EIO=4&transport=websocket' },
    start: byHand(
      (listener) => listener,
      (port) => send(port, { path: '/' }),
      attachSocketIo,
    ),
  },
  {
    name: 'parent applications, after a first request',
    targets: { upgrade: '/api/v1/feed' },
    start: byHand(inParent, (port) => send(port, { path: '/api/v1/' })),
  },
  {
    name: 'parent applications with socket.io by hand, after a first request',
    targets: { upgrade: '/api/v1/feed/?EIO=4&transport=websocket' },
    start: byHand(
      inParent,
      (port) => send(port, { path: '/api/v1/' }),
      (server) => void new SocketIoServer(server, { path: '/api/v1/feed' }),
    ),
  },
];

/** Fastify cannot be recognised in a parent before its first request: Nest's adapter mounts it in nothing. */
export const IN_PARENT: Way = {
  name: 'parent applications',
  targets: { upgrade: '/api/v1/feed' },
  start: byHand(inParent),
};
