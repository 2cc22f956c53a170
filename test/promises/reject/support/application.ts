import {
  All,
  Controller,
  Get,
  type INestApplication,
  Next,
  Patch,
  Post,
  Put,
  type Type,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { CorsModule, CorsPolicy, type CorsPolicyOptions, NoCors } from 'nestjs-cors';
import type { PlatformName } from '../../../support/platforms.js';
import type { Random } from '../../../support/random.js';
import type { AppDescription } from '../../../support/test-app.js';

/** Every policy allows the friend, and none the stranger. */
export const FRIEND = 'https://friend.example';

/** `awaited` decides by a promise. Whatever begins with `strict` rejects. */
const POLICIES: Readonly<Record<string, CorsPolicyOptions>> = {
  lenient: { origin: FRIEND },
  counted: { origin: FRIEND, maxAge: 5 },
  awaited: { origin: async (origin) => origin === FRIEND },
  strict: { origin: FRIEND, denied: 'reject' },
  strictCounted: { origin: [FRIEND, 'https://*.friend.example'], maxAge: 5, denied: 'reject' },
  strictAwaited: { origin: async (origin) => origin === FRIEND, denied: 'reject' },
};

const NAMES = Object.keys(POLICIES);
const PATHS = ['a', 'a/:id', 'a/b', 'a/:x/b', 'c', 'c/*', '', 'v0/a', 'A'];
const DECORATORS = { GET: Get, POST: Post, PUT: Put, PATCH: Patch, ALL: All } as const;
type Verb = keyof typeof DECORATORS;
const VERBS = Object.keys(DECORATORS) as Verb[];

/** Names of the policies whose handlers or upstreams have run, since the last request. */
export const ran: string[] = [];

/** A handler that answers, or that leaves it to the next route. */
function handler(policy: string, passesOn: boolean): (next: () => void) => string | undefined {
  return (next) => {
    ran.push(policy);
    return passesOn ? (next(), undefined) : policy;
  };
}

interface Handler {
  readonly verb: Verb;
  readonly path: string;
  readonly policy: string;
  readonly passesOn: boolean;
}

function controllerOf(base: string, handlers: readonly Handler[]): Type {
  const named = class {};
  for (const [index, { verb, path, policy, passesOn }] of handlers.entries()) {
    const name = `h${index}`;
    const value = handler(policy, passesOn);
    Object.defineProperty(named.prototype, name, { value, writable: true, configurable: true });
    const descriptor = Object.getOwnPropertyDescriptor(named.prototype, name) as PropertyDescriptor;
    // Nest takes a handler with @Next() for one that answers itself.
    if (passesOn) Next()(named.prototype, name, 0);
    DECORATORS[verb](path)(named.prototype, name, descriptor);
    if (policy !== 'unset')
      (policy === 'none' ? NoCors() : CorsPolicy(policy))(named.prototype, name, descriptor);
  }
  Controller(base)(named);
  return named;
}

/** Fastify refuses a second route for a method and a pattern. */
function isDistinct(handler: Handler, index: number, all: readonly Handler[]): boolean {
  const shape = ({ path }: Handler): string => path.replace(/:\w+/g, ':').toLowerCase();
  const clash = ({ verb }: Handler): boolean =>
    verb === handler.verb || verb === 'ALL' || handler.verb === 'ALL';
  return !all.slice(0, index).some((other) => shape(other) === shape(handler) && clash(other));
}

function randomHandlers(random: Random, platform: PlatformName, fallback: string): Handler[] {
  const count = 4 + random.below(9);
  return Array.from({ length: count }, () => ({
    verb: random.pick(VERBS),
    path: random.pick(PATHS),
    policy: random.pick([...NAMES, 'none', fallback]),
    passesOn: platform === 'express' && random.chance(0.3),
  }));
}

type Middleware = (
  request: { url: string; method: string },
  response: unknown,
  next: () => void,
) => void;

/** Strips a version from the target, and takes the method from the query, as gateways do. */
const rewrite: Middleware = (request, _response, next) => {
  if (request.url.startsWith('/v0/')) request.url = request.url.slice(3);
  const method = /[?&]_method=([A-Z]+)/.exec(request.url)?.[1];
  if (method !== undefined) request.method = method;
  next();
};

interface RawExpress {
  all(
    path: string,
    handler: (request: unknown, response: { end(body: string): void }, next: () => void) => void,
  ): void;
  param(
    name: string,
    handler: (request: unknown, response: unknown, next: (to: string) => void) => void,
  ): void;
}

/** What somebody adds to the Express instance itself. */
function addRawRoutes(random: Random, app: INestApplication, beyond: string): void {
  const instance = app.getHttpAdapter().getInstance() as RawExpress;
  if (random.chance(0.5))
    instance.all(`/${random.pick(['a', 'a/b', 'c'])}`, (_request, _response, next) => next());
  if (random.chance(0.2))
    instance.all('/c', (_request, response) => {
      ran.push(beyond);
      response.end('raw');
    });
  if (random.chance(0.2)) instance.param('id', (_request, _response, next) => next('route'));
}

interface Area {
  readonly path: string;
  readonly policy: string;
}

/** The policies of the areas that a path may be in: as sent, and as a service sees it that decodes and resolves dots. */
function policiesAt(areas: readonly Area[], target: string): readonly string[] {
  const [raw = ''] = target.split('?');
  const readings = [raw, new URL(decode(raw), 'http://up.example').pathname];
  return readings.flatMap((path) => {
    const area = areas.find((one) => `${path}/`.startsWith(`${one.path}/`));
    return area === undefined ? [] : [area.policy];
  });
}

function decode(path: string): string {
  return path.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** A service behind the application, at paths of `paths`. */
function addUpstream(app: INestApplication, areas: readonly Area[]): void {
  type Upstream = (
    request: { readonly originalUrl?: string; readonly url: string },
    response: { end(body: string): void },
  ) => void;
  const serve: Upstream = ({ originalUrl, url }, response) => {
    ran.push(...policiesAt(areas, originalUrl ?? url));
    response.end('up');
  };
  app.use('/up', serve);
}

/** Another Nest application with policies of its own. */
async function innerApplication(random: Random): Promise<INestApplication> {
  const fallback = random.pick(NAMES);
  class Inner {}
  const app = await NestFactory.create(
    {
      module: Inner,
      imports: [CorsModule.forRoot({ policies: POLICIES, default: fallback })],
      controllers: [
        controllerOf(
          '',
          randomHandlers(random, 'express', fallback).map((one) => ({ ...one, passesOn: false })),
        ),
      ],
    },
    new ExpressAdapter(),
    { logger: false },
  );
  return app.init();
}

/** A random application and how to take it down; `paths` guard what is served at `/up`. */
export async function randomApplication(
  random: Random,
  platform: PlatformName,
): Promise<{ readonly description: AppDescription; readonly close: () => Promise<void> }> {
  const fallback = random.pick(NAMES);
  const areas = [
    { path: '/up/reports', policy: random.pick(NAMES) },
    { path: '/up', policy: random.pick(NAMES) },
  ];
  const inner =
    platform === 'express' && random.chance(0.3) ? await innerApplication(random) : undefined;
  const rewrites = random.chance(0.4);
  const handlers = randomHandlers(random, platform, fallback).filter(
    (handler, index, all) => platform === 'express' || isDistinct(handler, index, all),
  );
  const description: AppDescription = {
    cors: {
      policies: POLICIES,
      default: fallback,
      paths: areas.map(({ path, policy }) => ({ path: `${path}/*rest`, policy })),
    },
    controllers: [controllerOf('', handlers.slice(0, 4)), controllerOf('', handlers.slice(4))],
    configure: (app) => {
      if (rewrites) app.use(rewrite);
      if (platform === 'express') addRawRoutes(random, app, fallback);
      if (inner !== undefined) app.use('/inner', inner.getHttpAdapter().getInstance());
      addUpstream(app, areas);
    },
  };
  return { description, close: async () => inner?.close() };
}
