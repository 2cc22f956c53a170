import type { INestMicroservice } from '@nestjs/common';
import { startService } from './service.js';
import type { Backends } from './transports.js';
import { closedPort } from '../../../support/ports.js';
import { Upstream } from '../../../support/upstream.js';

export interface RunningBackends extends Backends {
  readonly http: Upstream;
  close(): Promise<void>;
}

/** The ill-behaved HTTP service, the TCP microservice, and a port where there is neither. */
export async function startBackends(): Promise<RunningBackends> {
  const http = await new Upstream().listen();
  const { port, service } = await startService();
  const closed = await closedPort();
  return {
    http,
    upstream: http.url,
    closed,
    service: port,
    close: () => closeAll(http, service),
  };
}

async function closeAll(http: Upstream, service: INestMicroservice): Promise<void> {
  await http.close();
  await service.close();
}
