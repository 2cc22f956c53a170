import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import express from 'express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { AddressInfo } from 'node:net';
import { isBeforeHooks } from '../../../support/before-hooks.js';
import { moduleOf, nameOfMaxAge, ORIGIN, policyOf, type ApplicationSpec } from './application.js';
import { send, type Answer } from './client.js';
import type { PlatformName } from './generate.js';

export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Which handler answered one request, and under which policy its answer went out. */
export interface Observation {
  /** The handler that ran; `undefined` for a 404 or a 400. */
  readonly ran: string | undefined;
  /** Whether the handler itself answered; Fastify matches a route for other hosts too, and Nest answers 404 inside it. */
  readonly answered: boolean;
  /** The policy of the actual response. */
  readonly actual: string;
  /** The policy that answered the preflight. */
  readonly preflight: string;
  readonly listed: readonly string[];
}

export interface Booted {
  readonly app: INestApplication;
  readonly port: number;
}

/** Boots the application; Fastify also says which route it matched, because it answers for other hosts inside a route. */
export async function bootUnlessRefused(
  ...args: Parameters<typeof boot>
): Promise<Booted | undefined> {
  try {
    return await boot(...args);
  } catch (error) {
    // Versions and prefixes made two routes of one shape, which Fastify does not take.
    if (/already declared/.test(String(error))) return undefined;
    throw error;
  }
}

export async function boot(
  spec: ApplicationSpec,
  platform: PlatformName,
  strategy: 'hook' | 'interceptor',
): Promise<Booted> {
  const adapter = platform === 'express' ? expressAdapter(spec) : fastifyAdapter(spec);
  const app = await NestFactory.create(moduleOf(spec, strategy), adapter, {
    logger: ['error'],
    abortOnError: false,
    ...(spec.bySpecificity && { routeResolutionStrategy: 'specificity' as const }),
  });
  if (spec.prefix) app.setGlobalPrefix(spec.prefix.path, { exclude: [...spec.prefix.exclude] });
  if (spec.versioning) app.enableVersioning(spec.versioning);
  if (adapter instanceof FastifyAdapter) tellRoute(adapter);
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return { app, port };
}

function expressAdapter({ settings }: ApplicationSpec): ExpressAdapter {
  const application = express();
  for (const [name, on] of Object.entries(settings)) application.set(name, on);
  return new ExpressAdapter(application);
}

function fastifyAdapter({
  settings: { caseInsensitive, ...settings },
}: ApplicationSpec): FastifyAdapter {
  return new FastifyAdapter({
    routerOptions: { ...settings, caseSensitive: caseInsensitive !== true },
  });
}

function tellRoute(adapter: FastifyAdapter): void {
  adapter.getInstance().addHook('onSend', (request, reply, _payload, done) => {
    const handler = request.routeOptions.handler as { name?: string } | undefined;
    if (request.routeOptions.url !== undefined) void reply.header('x-route', handler?.name ?? '');
    done();
  });
}

/** Sends the actual request and the preflight for each method, and says who answered. */
export async function observe(
  { port, platform }: { readonly port: number; readonly platform: PlatformName },
  target: string,
  host: string,
): Promise<Map<string, Observation>> {
  const seen = new Map<string, Observation>();
  for (const method of METHODS) {
    const actual = await send(port, method, target, { origin: ORIGIN, host });
    const preflight = await send(port, 'OPTIONS', target, {
      origin: ORIGIN,
      host,
      'access-control-request-method': method,
    });
    const routed = /\.(h\d+)$/.exec(String(actual.headers['x-route'] ?? ''))?.[1];
    // No hook has seen it, so that no preflight can promise anything: of `/x;y/%zz` Fastify decodes what is no path any more.
    const isUnseen = actual.headers['vary'] === undefined;
    if (isUnseen && isBeforeHooks(platform, target, actual.status)) continue;
    seen.set(method, {
      ran: routed ?? (actual.headers['x-ran'] as string | undefined),
      answered: actual.headers['x-ran'] !== undefined,
      actual: policyOfActual(actual.headers),
      preflight: policyOfPreflight(preflight),
      listed: String(preflight.headers['access-control-allow-methods'] ?? '').split(', '),
    });
  }
  return seen;
}

function policyOfPreflight({ status, headers }: Answer): string {
  const isOurs = headers['access-control-allow-origin'] !== undefined;
  if (isOurs && status === 204) return nameOfMaxAge(headers['access-control-max-age']);
  return isOurs ? `answered with ${status}` : 'none'; // denied, or left to the application
}

function policyOfActual(headers: Record<string, unknown>): string {
  const exposed = headers['access-control-expose-headers'];
  return exposed === undefined ? 'none' : String(exposed).replace('X-P', 'p');
}

/** What the rules say about a method at a target, given which handler ran for each method there. */
export function expected(
  spec: ApplicationSpec,
  seen: ReadonlyMap<string, Observation>,
  method: string,
): string {
  const policy = resolved(spec, seen, method);
  return policy === 'unset' ? 'none' : policy;
}

function resolved(
  spec: ApplicationSpec,
  seen: ReadonlyMap<string, Observation>,
  method: string,
): string {
  const ran = seen.get(method)?.ran;
  if (ran !== undefined) return policyOf(spec, ran);
  const others = new Set(
    [...seen.values()].flatMap((one) => (one.ran === undefined ? [] : [policyOf(spec, one.ran)])),
  );
  const [agreed] = others;
  return others.size === 1 && agreed !== undefined ? agreed : spec.default;
}
