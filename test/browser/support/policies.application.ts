import {
  Controller,
  Delete,
  Get,
  HttpException,
  type INestApplication,
  Options,
  Patch,
  Post,
  Put,
  Query,
  Res,
  type Type,
} from '@nestjs/common';
import { CorsModule, CorsPolicy, type CorsPolicyOptions, NoCors } from 'nestjs-cors';
import { createNest, type Platform } from './nest-app.js';
import type { PlannedPolicies } from './policies.generate.js';

const ROUTES = {
  GET: Get,
  POST: Post,
  PUT: Put,
  PATCH: Patch,
  DELETE: Delete,
  OPTIONS: Options,
} as const;

/** What Express's response and Fastify's reply have in common. */
interface Reply {
  status(code: number): unknown;
  header(name: string, value: string): unknown;
}

/** What a URL asks the handler to do. */
interface Wishes {
  readonly status?: string;
  readonly cache?: string;
  readonly cookie?: string;
  readonly to?: string;
}

function answer({ status, cache, cookie, to }: Wishes, reply: Reply): string {
  reply.header('X-One', '1');
  reply.header('X-Two', '2');
  reply.header('Cache-Control', cache ?? 'no-store');
  reply.header('Content-Type', 'text/plain');
  if (cookie !== undefined) reply.header('Set-Cookie', `${cookie}=1; Path=/; SameSite=${cookie}`);
  if (Number(status) >= 400) throw new HttpException('as asked', Number(status));
  reply.status(Number(status ?? 200));
  if (to === undefined) return 'body';
  reply.status(307);
  reply.header('Location', to);
  return '';
}

/** A controller with one handler for each method, decorated as planned. */
function makeController({ own, methods }: PlannedPolicies, index: number): Type {
  class RandomController {}
  const { prototype } = RandomController;
  for (const [method, route] of Object.entries(ROUTES)) {
    const handler = (query: Wishes, reply: Reply): string => answer(query, reply);
    Object.defineProperty(prototype, method, { value: handler, enumerable: false, writable: true });
    const descriptor = Object.getOwnPropertyDescriptor(prototype, method) as PropertyDescriptor;
    route('r')(prototype, method, descriptor);
    Query()(prototype, method, 0);
    Res({ passthrough: true })(prototype, method, 1);
    const policy = methods[method];
    if (policy !== undefined) decorator(policy)(prototype, method, descriptor);
  }
  decorator(own)(RandomController);
  Controller(`p${index}`)(RandomController);
  return RandomController;
}

function decorator(policy: CorsPolicyOptions | null): MethodDecorator & ClassDecorator {
  return policy === null ? NoCors() : CorsPolicy(policy);
}

export function createPoliciesApplication(
  platform: Platform,
  policies: readonly PlannedPolicies[],
  byDefault: CorsPolicyOptions,
): Promise<INestApplication> {
  return createNest(platform, {
    imports: [CorsModule.forRoot({ default: byDefault })],
    controllers: policies.map(makeController),
  });
}
