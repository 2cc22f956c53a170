import { ExpressAdapter } from '@nestjs/platform-express';
import { setFlagsFromString } from 'node:v8';
import { runInThisContext } from 'node:vm';
import type { CorsStrategy } from 'nestjs-cors';
import { DoorController } from '../../support/door.js';
import { APP } from '../../support/origins.js';
import { send } from '../../support/raw.js';
import { startApp } from '../../support/test-app.js';

type Pair = readonly [request: object, response: object];

/** The first requests teach V8 what the properties hold. */
const PAIRS = 10;

/** Two requests at a time, both held in the first middleware while they are looked at. */
async function inFirstMiddleware(
  strategy: CorsStrategy,
  look: (left: Pair, right: Pair) => void,
): Promise<void> {
  const held: { pair: Pair; next: () => void }[] = [];
  const first = (request: object, response: object, next: () => void): void => {
    held.push({ pair: [request, response], next });
    const [left, right] = held;
    if (left === undefined || right === undefined) return;
    look(left.pair, right.pair);
    for (const { next: goOn } of held.splice(0)) goOn();
  };
  const { port, close } = await startApp(
    new ExpressAdapter(),
    {
      cors: { default: { origin: APP } },
      controllers: [DoorController],
      configure: (app) => void app.use(first),
    },
    strategy,
  );
  const ask = () => send(port, { path: '/door?full=1', headers: [['Host', 'api.example.com']] });
  for (let pair = 0; pair < PAIRS; pair++) await Promise.all([ask(), ask()]);
  await close();
}

/** Names and values, as far as two applications can have them in common. */
function ownProperties(target: object): Record<string, unknown> {
  const comparable = Object.entries(target).map(([name, value]: [string, unknown]) => {
    if (typeof value === 'function') return [name, 'function'];
    if (typeof value !== 'object' || value === null) return [name, value];
    return [name, Object.getPrototypeOf(value) === null ? 'bare object' : 'object'];
  });
  return Object.fromEntries(comparable) as Record<string, unknown>;
}

async function propertiesSeen(strategy: CorsStrategy): Promise<Record<string, unknown>[]> {
  let seen: Record<string, unknown>[] = [];
  await inFirstMiddleware(strategy, (pair) => {
    seen = pair.map(ownProperties);
  });
  return seen;
}

describe('what Express adds to a request and its response, there before Express', () => {
  it('is what the first middleware finds anyway', async () => {
    const [request, response] = await propertiesSeen('interceptor');
    expect(request).toMatchObject({ baseUrl: '', originalUrl: '/door?full=1' });
    const [early, { writeHead, ...others } = {}] = await propertiesSeen('hook');
    expect(early).toEqual(request);
    expect(Object.keys(early ?? {}).sort()).toEqual(Object.keys(request ?? {}).sort());
    expect(writeHead).toBe('function');
    expect(others).toEqual(response);
  });

  it('lets all responses share a hidden class', async () => {
    setFlagsFromString('--allow-natives-syntax');
    const haveSameMap = runInThisContext('(left, right) => %HaveSameMap(left, right)') as (
      left: object,
      right: object,
    ) => boolean;
    let shared = false;
    await inFirstMiddleware('hook', ([, left], [, right]) => {
      shared = haveSameMap(left, right);
    });
    expect(shared).toBe(true);
  });
});
