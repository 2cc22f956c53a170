import fastifyHttpProxy from '@fastify/http-proxy';
import { All, Controller, Header, type INestApplication, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createProxyMiddleware } from 'http-proxy-middleware';
import type { AddressInfo } from 'node:net';
import {
  CorsModule,
  type CorsPathOptions,
  CorsPolicy,
  type CorsPolicyOptions,
  NoCors,
} from 'nestjs-cors';
import { policyNumbered } from '../../router/agreement/application.js';
import { createAdapter, type PlatformName } from '../../../support/platforms.js';
import { forwardingController } from './forwarding-controller.js';
import type { Area, GatewaySpec } from './random-gateway.js';

export interface Booted {
  readonly port: number;
  close(): Promise<void>;
}

/** The way on to the upstream: a proxy beside Nest, or an `@All()` handler under `@CorsPolicy('paths')`. */
export type ProxyName = 'http-proxy-middleware' | '@fastify/http-proxy' | 'a handler';

/** Options of an entry of `paths` besides its path and policy. */
export type Adorn = (area: Area) => Partial<CorsPathOptions>;

export async function boot(
  spec: GatewaySpec,
  platform: PlatformName,
  proxy: ProxyName,
  upstream: string,
  adorn: Adorn = () => ({}),
): Promise<Booted> {
  class GatewayModule {}
  const own = spec.handlers.map(({ path, policy }) => controllerOf(path, policy));
  const forwarding = proxy === 'a handler' ? [forwardingController(spec.mounts, upstream)] : [];
  const controllers = [...own, ...forwarding];
  const module = { module: GatewayModule, imports: [cors(spec, adorn)], controllers };
  const options = { logger: false, abortOnError: false } as const;
  const app = await NestFactory.create(module, createAdapter(platform), options);
  if (proxy !== 'a handler')
    for (const mount of spec.mounts) await mountProxy(app, proxy, mount, upstream);
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return { port, close: () => app.close() };
}

function cors(spec: GatewaySpec, adorn: Adorn): ReturnType<typeof CorsModule.forRoot> {
  const policies: Record<string, CorsPolicyOptions> = {};
  for (let number = 1; number <= 30; number++) policies[`p${number}`] = policyNumbered(number);
  const paths = spec.areas.map((area) => ({
    path: area.prefix ? `${area.path}/*rest` : area.path,
    policy: area.policy === 'none' ? (false as const) : area.policy,
    ...adorn(area),
  }));
  return CorsModule.forRoot({
    policies,
    paths,
    ...(spec.default === 'unset' ? {} : { default: spec.default }),
  });
}

function controllerOf(path: string, policy: string): Type {
  @Controller(path)
  class HandlerController {
    @Header('X-Ran', path) @All() handle(): string {
      return path;
    }
  }
  (policy === 'none' ? NoCors() : CorsPolicy(policy))(HandlerController);
  return HandlerController;
}

interface FastifyLike {
  register(plugin: unknown, options: object): PromiseLike<unknown>;
}

async function mountProxy(
  app: INestApplication,
  proxy: ProxyName,
  mount: string,
  upstream: string,
): Promise<void> {
  if (proxy === '@fastify/http-proxy') {
    const instance = app.getHttpAdapter().getInstance() as FastifyLike;
    const replyOptions = { retryDelay: () => null };
    const options = { upstream, prefix: mount, rewritePrefix: mount, replyOptions };
    await instance.register(fastifyHttpProxy, options);
    return;
  }
  const logger = { info() {}, warn() {}, error() {} };
  const target = `${upstream}${mount}`;
  app.use(mount, createProxyMiddleware({ target, logger }));
}
