import { LONG } from './long-requests.js';
import { OperationCounter } from './operations.js';
import type { RoomyServer } from './roomy-server.js';

/** What the process is told: the platform to start on, then requests to send. */
export type Told =
  { readonly platform: 'express' | 'fastify' } | { readonly name: string; readonly size: number };

const counter = new OperationCounter();
let server: RoomyServer | undefined;

/** @returns blocks of the library that ran */
async function answer(told: Told): Promise<number> {
  if ('name' in told) await (server as RoomyServer).answer(LONG[told.name]?.(told.size));
  else {
    await counter.start();
    const { startRoomy } = await import('./roomy-server.js');
    server = await startRoomy(told.platform);
  }
  return counter.take();
}

process.on('message', (told: Told) => void answer(told).then((blocks) => process.send?.(blocks)));
