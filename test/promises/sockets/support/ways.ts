import { APP } from '../../../support/origins.js';
import { send } from '../../../support/raw.js';
import { closedPort } from '../../../support/ports.js';
import { startUpgradeApp, type UpgradeApp } from './app.js';
import { attachSocketIo, byHand, inParent, onOwnServer } from './by-hand.js';
import { gateway } from './gateways.js';
import type { Targets, Way } from './way.js';

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
/** As {@link TARGETS}, at a path of its own. */
const targetsAt = (path: string): Targets => ({
  upgrade: `${path}/?EIO=4&transport=websocket`,
  polling: `${path}/?EIO=4&transport=polling`,
  jsonp: `${path}/?j=0&transport=none&EIO=4&%74ransport=%70olling`,
});
const WITH_OLD_CLIENTS: Targets = {
  upgrade: '/socket.io/?EIO=3&transport=websocket',
  polling: '/socket.io/?EIO=3&transport=polling',
  jsonp: '/socket.io/?transport=polling&%6a=0&EIO=3',
};

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
  { name: 'socket.io by hand', targets: targetsAt('/feed'), start: onOwnServer },
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
    targets: targetsAt('/feed'),
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
    targets: targetsAt('/api/v1/feed'),
    start: byHand(
      inParent,
      (port) => send(port, { path: '/api/v1/' }),
      (server) => attachSocketIo(server, '/api/v1/feed'),
    ),
  },
];

/** Fastify cannot be recognised in a parent before its first request: Nest's adapter mounts it in nothing. */
export const IN_PARENT: Way = {
  name: 'parent applications',
  targets: { upgrade: '/api/v1/feed' },
  start: byHand(inParent),
};
