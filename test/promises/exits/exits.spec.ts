import { Controller } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { CorsPolicy } from 'nestjs-cors';
import { corsLines, values, varyNames } from '../../support/observe.js';
import { APP, EVIL, PARTNER } from '../../support/origins.js';
import { createAdapter, MATRIX } from '../../support/platforms.js';
import { type HeaderLine, type RawResponse, send } from '../../support/raw.js';
import { tamper } from '../../support/tamper.js';
import { type RunningApp, startApp } from '../../support/test-app.js';
import {
  at,
  type Cell,
  CELLS,
  EXITS,
  expectedOf,
  forPlatform,
  HEADERS,
  NODE,
  originOf,
  ORIGINS,
  type Policy,
} from './exits.table.js';
import { ExitsController } from './support/exits.js';

@CorsPolicy({ origin: PARTNER, credentials: true, exposedHeaders: ['X-Total-Count'] })
@Controller('exits')
class PartnerExitsController extends ExitsController {}

const line = (origin: string): string =>
  `GET /exits/json HTTP/1.1\r\nHost: localhost\r\nOrigin: ${origin}\r\n`;

function closeSome(request: IncomingMessage, response: ServerResponse, next: () => void): void {
  if (request.url !== '/exits/json?closed') return next();
  response.statusCode = 401;
  response.end('closed');
}

describe.each(MATRIX)('ways out on $title', (setup) => {
  let running: RunningApp;

  beforeAll(async () => {
    const cors = { default: { origin: [APP] } };
    running = await startApp(
      createAdapter(setup.platform),
      {
        cors,
        controllers: [PartnerExitsController],
        configure: (app) => void app.use(closeSome),
      },
      setup.strategy,
    );
    tamper(cors);
  });

  afterAll(() => running.close());

  async function ask(cell: Cell): Promise<RawResponse> {
    const origin = originOf(cell.who, forPlatform<Policy>(cell.policy ?? 'route', setup));
    const headers: readonly HeaderLine[] = [
      ...(origin === undefined ? [] : [['Origin', origin] as const]),
      ...(cell.request.headers ?? []),
    ];
    return send(running.port, { ...cell.request, headers });
  }

  it.each(CELLS)('$name: $who', async (cell) => {
    const response = await ask(cell);
    expect({
      status: response.status,
      cors: corsLines(response),
      vary: varyNames(response),
      cutOff: cell.broken === true && !response.complete,
    }).toEqual({
      status: forPlatform<number>(cell.status, setup),
      ...expectedOf(cell, setup),
      cutOff: cell.broken === true,
    });
  });

  it('early hints carry no CORS headers, the response does', async () => {
    const response = await send(running.port, {
      path: '/exits/hints',
      headers: [['Origin', PARTNER]],
    });
    expect(response.interim.map((head) => [head.status, corsLines(head)])).toEqual([[103, []]]);
    expect(corsLines(response)).toEqual(HEADERS.route.cors);
  });

  it('trailers stay trailers', async () => {
    const response = await send(running.port, {
      path: '/exits/trailers',
      headers: [['Origin', PARTNER]],
    });
    expect([response.trailers, values(response, 'trailer')]).toEqual([
      [['X-Checksum', '7']],
      ['X-Checksum'],
    ]);
  });

  it('a client that leaves harms nobody', async () => {
    for (const path of ['/exits/stream', '/exits/failing-stream', '/exits/sse', '/nowhere']) {
      await new Promise<void>((resolve) => {
        const socket = connect(running.port, '127.0.0.1', () => {
          socket.write(
            `GET ${path} HTTP/1.1\r\nHost: localhost\r\nOrigin: ${PARTNER}\r\n\r\n`,
            () => socket.destroy(),
          );
        });
        socket.on('close', () => resolve());
      });
    }
    expect((await send(running.port, at('json'))).status).toBe(200);
  });

  it('two requests on one connection have each their own headers', async () => {
    const socket = connect(running.port, '127.0.0.1');
    socket.write(`${line(EVIL)}\r\n${line(PARTNER)}\r\n${line(EVIL)}Connection: close\r\n\r\n`);
    let received = '';
    for await (const chunk of socket) received += String(chunk);
    const heads = received.split('HTTP/1.1 200').slice(1);
    expect(heads.map((head) => /access-control-allow-origin: (.*)\r/i.exec(head)?.[1])).toEqual([
      undefined,
      PARTNER,
      undefined,
    ]);
  });
});

it(`the matrix has no gap: ${EXITS.length + NODE.length} ways out, ${CELLS.length * MATRIX.length} cells`, () => {
  const names = CELLS.map(({ name, who }) => `${name} ${who}`);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBe((EXITS.length + NODE.length) * ORIGINS.length);
});
