import type { AbstractHttpAdapter } from '@nestjs/core';
import { ExpressPlatform } from './express/express-platform.js';
import { FastifyPlatform } from './fastify/fastify-platform.js';
import { GenericPlatform } from './generic/generic-platform.js';
import type { HttpPlatform } from './http-platform.js';

/** The platform behind an HTTP adapter. */
export function createPlatform(adapter: AbstractHttpAdapter): HttpPlatform {
  switch (adapter.getType()) {
    case 'express':
      return new ExpressPlatform(adapter);
    case 'fastify':
      return new FastifyPlatform(adapter);
    default:
      return new GenericPlatform(adapter);
  }
}
