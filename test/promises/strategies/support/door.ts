import { Controller, Delete, Get, Options, Put } from '@nestjs/common';
import type { AbstractHttpAdapter } from '@nestjs/core';
import { type CorsModuleOptions, NoCors } from 'nestjs-cors';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { APP } from '../../../support/origins.js';
import { type AppDescription, type RunningApp, startApp } from '../../../support/test-app.js';

@Controller('door')
export class DoorController {
  @Get() read(): string {
    return 'read';
  }
  @Put() write(): string {
    return 'written';
  }
  @NoCors() @Delete() remove(): string {
    return 'removed';
  }
  @Options('own') options(): string {
    return 'own options';
  }
  @Get(':id') one(): string {
    return 'one';
  }
}

export const OPTIONS: CorsModuleOptions = { default: { origin: APP } };
export const READABLE = [`access-control-allow-origin: ${APP}`];
export const GRANT = [
  'access-control-allow-methods: GET, HEAD, PUT',
  ...READABLE,
  'access-control-max-age: 600',
];

/** Ends every request, as an authentication middleware does. */
export function closedDoor(_request: IncomingMessage, response: ServerResponse): void {
  response.statusCode = 401;
  response.end('closed');
}

const running: RunningApp[] = [];

/** Closes what {@link boot} starts, after each test of the suite that calls this. */
export function closeDoors(): void {
  afterEach(async () => {
    await Promise.all(running.splice(0).map((app) => app.close()));
  });
}

export async function boot(
  adapter: AbstractHttpAdapter,
  more: Partial<AppDescription> = {},
  start: typeof startApp = startApp,
  strategy: Parameters<typeof startApp>[2] = 'hook',
): Promise<number> {
  const app = await start(
    adapter,
    { cors: OPTIONS, controllers: [DoorController], ...more },
    strategy,
  );
  running.push(app);
  return app.port;
}
