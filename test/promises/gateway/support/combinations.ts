import type { INestApplication, ModuleMetadata, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ClientProxyFactory, Transport, type ClientProxy } from '@nestjs/microservices';
import { WsAdapter } from '@nestjs/platform-ws';
import type { AddressInfo } from 'node:net';
import { CorsModule } from 'nestjs-cors';
import { APP, PARTNER } from '../../../support/origins.js';
import { createAdapter, type PlatformName } from '../../../support/platforms.js';
import { paths, policies } from './areas.js';
import { feedGateway } from './feed.gateway.js';
import { askService, controllers, forwardWithFetch } from './handlers.js';
import { type Backends, useFastifyProxy, useProxyMiddleware } from './transports.js';

export type TransportName =
  'http-proxy-middleware' | '@fastify/http-proxy' | 'fetch controller' | 'ClientProxy';

export interface Combination {
  readonly title: string;
  readonly platform: PlatformName;
  readonly transport: TransportName;
  /** Nothing of Nest's answers: `paths` decide. */
  readonly proxy: boolean;
}

function combination(platform: PlatformName, transport: TransportName): Combination {
  const proxy = transport === 'http-proxy-middleware' || transport === '@fastify/http-proxy';
  return { title: `${platform} × ${transport}`, platform, transport, proxy };
}

export const COMBINATIONS: readonly Combination[] = [
  combination('express', 'http-proxy-middleware'),
  combination('express', 'fetch controller'),
  combination('express', 'ClientProxy'),
  combination('fastify', 'http-proxy-middleware'),
  combination('fastify', '@fastify/http-proxy'),
  combination('fastify', 'fetch controller'),
  combination('fastify', 'ClientProxy'),
];

/** What the policy of most areas says, in the words of Nest's own option. */
const STOCK = {
  origin: [APP],
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  credentials: true,
  exposedHeaders: ['X-Total-Count'],
};

/** Whose CORS the gateway has: the module's, or what Nest brings along. */
export type Cors = 'nestjs-cors' | 'enableCors()';

export interface RunningGateway {
  readonly port: number;
  close(): Promise<void>;
}

export async function startGateway(
  { platform, transport, proxy }: Combination,
  cors: Cors,
  backends: Backends,
): Promise<RunningGateway> {
  const clients = [backends.service, backends.closed].map(tcpClient);
  const ours = cors === 'nestjs-cors';
  const handlers = proxy ? [] : handlersOf({ platform, transport }, backends, clients, ours);
  const metadata: ModuleMetadata = {
    controllers: handlers,
    providers: proxy ? [] : [feedGateway(ours)],
    imports: ours ? [corsModule(proxy)] : [],
  };
  class GatewayModule {}
  const module = { module: GatewayModule, ...metadata };
  const adapter = createAdapter(platform);
  const app = await NestFactory.create(module, adapter, { logger: false, abortOnError: false });
  // As Nest's documentation has it, and the best that one list for everything can be.
  if (!ours) app.enableCors({ ...STOCK });
  app.useWebSocketAdapter(new WsAdapter(app));
  await connect(app, transport, backends);
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const close = async (): Promise<void> => {
    for (const client of clients) void client.close();
    await app.close();
  };
  return { port, close };
}

function corsModule(proxy: boolean): ReturnType<typeof CorsModule.forRoot> {
  return CorsModule.forRoot({
    default: { origin: PARTNER },
    policies: policies(),
    ...(proxy ? { paths: paths() } : {}),
  });
}

function handlersOf(
  { platform, transport }: Pick<Combination, 'platform' | 'transport'>,
  backends: Backends,
  clients: readonly ClientProxy[],
  decorated: boolean,
): Type[] {
  if (transport === 'fetch controller')
    return controllers(forwardWithFetch(backends), decorated, platform);
  const [service, closed] = clients as [ClientProxy, ClientProxy];
  return controllers(askService(service, closed), decorated, platform);
}

async function connect(
  app: INestApplication,
  transport: TransportName,
  backends: Backends,
): Promise<void> {
  if (transport === '@fastify/http-proxy') return useFastifyProxy(app, backends);
  if (transport === 'http-proxy-middleware') useProxyMiddleware(app, backends);
}

function tcpClient(port: number): ClientProxy {
  return ClientProxyFactory.create({
    transport: Transport.TCP,
    options: { host: '127.0.0.1', port },
  });
}
