import type { AbstractHttpAdapter } from '@nestjs/core';
import { ExpressPlatform } from './express/express-platform.js';
import { FastifyPlatform } from './fastify/fastify-platform.js';
import { GenericPlatform } from './generic/generic-platform.js';
import type { HeadAuthority } from './head.js';
import type { HttpPlatform } from './http-platform.js';

/** The platform behind an HTTP adapter. */
export function createPlatform(adapter: AbstractHttpAdapter, heads: HeadAuthority): HttpPlatform {
  switch (adapter.getType()) {
    case 'express':
      return new ExpressPlatform(adapter, heads);
    case 'fastify':
      return new FastifyPlatform(adapter, heads);
    default:
      return new GenericPlatform(adapter);
  }
}
