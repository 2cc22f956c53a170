import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Below the ports that a system hands out to whoever asks for any, above those that `fetch` blocks (10080), and in each process from another
 * one on: nobody else listens on one of them before the test is over.
 */
const FIRST = 12_000;
const RANGE = 20_000;

let next = (process.pid * 397) % RANGE;

/** A port that nobody listens on. */
export const closedPort = (): Promise<number> => closedPorts(1);

/** The first of some neighbouring ports that nobody listens on. */
export async function closedPorts(count: number): Promise<number> {
  for (let tried = 0; tried < RANGE; tried += count) {
    if (next + count > RANGE) next = 0;
    const first = FIRST + next;
    next += count;
    const ports = Array.from({ length: count }, (_, index) => first + index);
    const closed = await Promise.all(ports.map(isClosed));
    if (closed.every(Boolean)) return first;
  }
  throw new Error(`no ${count} neighbouring ports are free from ${FIRST} on`);
}

async function isClosed(port: number): Promise<boolean> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
