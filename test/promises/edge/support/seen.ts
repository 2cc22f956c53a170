import type { INestApplication } from '@nestjs/common';
import type { Server } from 'node:http';

/** The `X-Case` of every request that the application's server gets from now on. */
export function observing(app: INestApplication): Set<string> {
  const seen = new Set<string>();
  (app.getHttpServer() as Server).on('request', ({ headers }) =>
    seen.add(String(headers['x-case'])),
  );
  return seen;
}
