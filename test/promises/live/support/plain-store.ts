import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { CorsReading, CorsSnapshot } from 'nestjs-cors';
import { CorsConflictError, type CorsLiveLists } from 'nestjs-cors/redis';
import type { Store } from './store.js';

/** A table in memory behind HTTP, as an application's own source may read one. */
export async function plainStore(port: number): Promise<Store> {
  let text = '';
  let last = 0;
  let server: Server | undefined;
  /** Of sources in this process: what tells them of a change is no part of the table. */
  const hints = new Set<() => void>();
  const sockets = new Set<Socket>();
  const revisionOf = (): number => Number(/"revision":(\d+)/.exec(text)?.[1] ?? 0);
  const start = async (): Promise<void> => {
    server = createServer((_, response) => response.end(text));
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server?.listen(port, '127.0.0.1', resolve));
  };
  const stop = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) =>
      server === undefined ? resolve(undefined) : server.close(resolve),
    );
    server = undefined;
  };
  const write = (given: string): void => {
    text = given;
    for (const hint of hints) hint();
  };
  const put = (policies: unknown): number => {
    last = Math.max(last + 1, revisionOf() + 1, Date.now());
    write(JSON.stringify({ format: 1, revision: last, policies }));
    return last;
  };
  await start();
  return {
    port: (server as unknown as { address(): AddressInfo }).address().port,
    publish: async (policies: CorsLiveLists, { expected } = {}) => {
      if (expected !== undefined && expected !== revisionOf())
        throw new CorsConflictError(expected, revisionOf());
      return put(policies);
    },
    patch: async (changes) => {
      const { policies } = JSON.parse(text) as { policies: Record<string, { origin: string[] }> };
      for (const [name, { add = [], remove = [] }] of Object.entries(changes)) {
        const policy = policies[name] as { origin: string[] };
        policy.origin = [...policy.origin.filter((one) => !remove.includes(one)), ...add];
      }
      return put(policies);
    },
    source: (through) => ({
      name: 'a table',
      read: async (_held, signal): Promise<CorsReading> => {
        const body = await readOver(through, signal);
        return body === '' ? null : (JSON.parse(body) as CorsSnapshot);
      },
      watch: (hint) => {
        hints.add(hint);
        return () => void hints.delete(hint);
      },
    }),
    write: async (given) => write(given),
    text: async () => text,
    wipe: async () => write(''),
    enlarge: async (bytes) => write('x'.repeat(bytes)),
    remove: async () => write(''),
    stop,
    start,
    close: stop,
  };
}

function readOver(port: number, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const read = (response: IncomingMessage): void => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve(body));
      response.on('error', reject);
    };
    request({ port, host: '127.0.0.1', signal, agent: false }, read).on('error', reject).end();
  });
}
