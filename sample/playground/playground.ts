import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { createServer, type Server } from 'node:http';
import { CALLS } from './calls.js';
import { ExchangeLog } from './exchanges.js';
import { indexPage, sitePage } from './page.js';
import { placesFrom, type Places, portOf } from './places.js';
import { PlaygroundModule } from './playground.module.js';

/** A running playground. */
export interface Playground {
  readonly app: INestApplication;
  readonly places: Places;
  close(): Promise<void>;
}

/** Starts the shop and the three sites, on this port and the four after it. */
export async function startPlayground(port: number, fastify = false): Promise<Playground> {
  const places = placesFrom(port);
  const options = { logger: ['warn' as const, 'error' as const] };
  const module = PlaygroundModule.at(places);
  const app = fastify
    ? await NestFactory.create(module, new FastifyAdapter(), options)
    : await NestFactory.create(module, options);
  const log = app.get(ExchangeLog);
  (app.getHttpServer() as Server).prependListener('request', (request, response) =>
    log.observe(request, response),
  );
  await app.listen(port, '127.0.0.1');
  const servers = [
    await serve(places.index, indexPage(places)),
    ...(await Promise.all(
      places.sites.map((site) => serve(site.origin, sitePage(site, places.api, CALLS))),
    )),
  ];
  const close = async (): Promise<void> => {
    servers.forEach((server) => server.close());
    await app.close();
  };
  return { app, places, close };
}

function serve(origin: string, page: string): Promise<Server> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(page);
  });
  return new Promise((resolve) => {
    server.listen(portOf(origin), '127.0.0.1', () => resolve(server));
  });
}
