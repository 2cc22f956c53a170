import { NestFactory } from '@nestjs/core';
import type { INestApplication } from '@nestjs/common';
import { type Edge, startEdge } from '../../../sample/edge/edge.js';
import { AppModule } from '../../../sample/shop/app.module.js';
import { corsLines } from '../../support/observe.js';
import { type RawRequest, send } from '../../support/raw.js';
import { get, preflight } from '../../support/requests.js';
import { closedPort } from '../../support/ports.js';
import { describeEngines } from './support/engine.js';
import { observing } from './support/seen.js';

const PARTNER = 'https://eu.partner.example';
const ROWS: readonly (readonly [
  title: string,
  request: RawRequest,
  status: number,
  allowed: string | undefined,
  passedOn: boolean,
])[] = [
  ["a partner's preflight", preflight('/orders/7', 'PUT', PARTNER), 204, PARTNER, false],
  [
    "a stranger's preflight",
    preflight('/orders/7', 'PUT', 'https://partner.example.evil.test'),
    403,
    undefined,
    false,
  ],
  [
    "a guard's 401",
    get('/dashboard', 'https://app.example.com'),
    401,
    'https://app.example.com',
    true,
  ],
];

describeEngines('the sample shop behind an engine', (engine) => {
  let app: INestApplication;
  let edge: Edge;
  let seen: Set<string>;

  beforeAll(async () => {
    app = await NestFactory.create(AppModule, { logger: ['warn', 'error'] });
    await app.listen(0, '127.0.0.1');
    seen = observing(app);
    edge = await startEdge(app, engine, await closedPort());
  });

  afterAll(() => Promise.all([edge.close(), app.close()]));

  it('is exported without a loss', () => {
    expect(edge.exported.losses).toEqual([]);
  });

  it.each(ROWS)('answers %s', async (title, request, status, allowed, passedOn) => {
    const marked = [...(request.headers ?? []), ['X-Case', title] as const];
    const answer = await send(Number(new URL(edge.url).port), { ...request, headers: marked });
    const origin = corsLines(answer).find((line) => line.startsWith('access-control-allow-origin'));
    expect({ status: answer.status, origin, passedOn: seen.has(title) }).toEqual({
      status,
      origin: allowed && `access-control-allow-origin: ${allowed}`,
      passedOn,
    });
  });
});
