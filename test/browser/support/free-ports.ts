import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';

/** The first of some neighbouring ports that nobody listens on. */
export async function freePorts(count: number): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const first = await listenOn(0);
    const { port } = first.address() as AddressInfo;
    const others = Array.from({ length: count - 1 }, (_, index) => listenOn(port + index + 1));
    const results = await Promise.allSettled(others);
    const open = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
    await Promise.all([first, ...open].map(close));
    if (open.length === count - 1) return port;
  }
  throw new Error(`no ${count} free ports in a row`);
}

async function listenOn(port: number): Promise<Server> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function close(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}
