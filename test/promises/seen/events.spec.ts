import { Controller, Get, Put, UnauthorizedException } from '@nestjs/common';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { type CorsDecisionEvent, CorsPolicy, NoCors } from 'nestjs-cors';
import { answers } from '../../support/connection.js';
import { createAdapter, MATRIX } from '../../support/platforms.js';
import { preflight } from '../../support/row.js';
import { type RawRequest, send } from '../../support/raw.js';
import { type RunningApp, startApp } from '../../support/test-app.js';

@CorsPolicy('partners')
@Controller('orders')
class OrdersController {
  @Get(':id')
  one(): string {
    return 'one';
  }

  @Put(':id')
  change(): string {
    return 'changed';
  }

  @Get(':id/secret')
  secret(): string {
    throw new UnauthorizedException();
  }

  @NoCors()
  @Get(':id/internal')
  internal(): string {
    return 'internal';
  }
}

const PARTNER = 'https://partner.example';
const STRANGER = 'https://stranger.example';
const OPTIONS = {
  policies: { partners: { origin: PARTNER, allowedHeaders: ['X-Trace'] } },
};

const from = (origin: string, path: string, more: Partial<RawRequest> = {}): RawRequest => ({
  path,
  headers: [['Origin', origin]],
  ...more,
});

type Seen = Partial<CorsDecisionEvent>;
const AT = { policy: 'partners', source: 'route' } as const;
const ONE: Seen = { ...AT, where: 'OrdersController.one', route: '/orders/:id', method: 'GET' };

/** A request, and the one event that tells of it; none where no page of another origin asks. */
const ROWS: readonly (readonly [name: string, request: RawRequest, event: Seen | undefined])[] = [
  ['an allowed GET', from(PARTNER, '/orders/7'), { ...ONE, kind: 'actual', outcome: 'allowed', reason: 'allowed', origin: PARTNER }],
  ['a denied GET', from(STRANGER, '/orders/7'), { ...ONE, kind: 'actual', outcome: 'denied', reason: 'origin-denied', origin: STRANGER }],
  ['an answer of an exception', from(PARTNER, '/orders/7/secret'), { ...AT, kind: 'actual', outcome: 'allowed', where: 'OrdersController.secret' }],
  ['@NoCors()', from(PARTNER, '/orders/7/internal'), { kind: 'actual', outcome: 'denied', reason: 'no-policy', policy: '@NoCors()' }],
  ['a passing preflight', preflight('/orders/7', 'PUT', PARTNER), { ...AT, kind: 'preflight', outcome: 'allowed', method: 'PUT', route: '/orders/:id' }],
  ['a denied preflight', preflight('/orders/7', 'PUT', STRANGER), { ...AT, kind: 'preflight', outcome: 'denied', reason: 'origin-denied', method: 'PUT' }],
  ['a denied header', preflight('/orders/7', 'PUT', PARTNER, 'x-other'), { kind: 'preflight', outcome: 'denied', reason: 'headers-denied' }],
  ['no Origin', { path: '/orders/7' }, undefined],
  ['the own origin', from('http://localhost', '/orders/7'), undefined],
]; // prettier-ignore

describe.each(MATRIX)('nestjs-cors:decision on $title', ({ platform, strategy }) => {
  const events: CorsDecisionEvent[] = [];
  const collect = (message: unknown): void => void events.push(message as CorsDecisionEvent);
  let app: RunningApp;

  beforeAll(async () => {
    app = await startApp(
      createAdapter(platform),
      { controllers: [OrdersController], cors: OPTIONS },
      strategy,
    );
    subscribe('nestjs-cors:decision', collect);
  });

  afterAll(async () => {
    unsubscribe('nestjs-cors:decision', collect);
    await app.close();
  });

  it.each(ROWS)('tells of %s', async (_name, request, event) => {
    events.length = 0;
    await send(app.port, request);
    expect(events).toHaveLength(event === undefined ? 0 : 1);
    // An interceptor knows the handler, and not by which of its paths it was reached.
    const isKnown = strategy === 'hook' || event?.kind !== 'actual';
    expect(events[0] ?? {}).toMatchObject(isKnown ? (event ?? {}) : { ...event, route: undefined });
  });

  it('counts every request once, however many there are at a time', async () => {
    events.length = 0;
    const connections = Array.from({ length: 50 }, (_, connection) => {
      const origin = connection % 2 === 0 ? PARTNER : STRANGER;
      const requests = Array.from({ length: 20 }, (_, index) => from(origin, `/orders/${index}`));
      return answers(app.port, requests);
    });
    await Promise.all(connections);
    const of = (outcome: string): number =>
      events.filter((event) => event.outcome === outcome).length;
    expect([of('allowed'), of('denied')]).toEqual([500, 500]);
  });
});

describe.each(MATRIX.filter(({ strategy }) => strategy === 'hook'))(
  "denied: 'reject' on $title",
  ({ platform }) => {
    it('is an event of its own', async () => {
      const events: unknown[] = [];
      const collect = (message: unknown): void => void events.push(message);
      const policies = { partners: { origin: PARTNER, denied: 'reject' } } as const;
      const app = await startApp(createAdapter(platform), {
        controllers: [OrdersController],
        cors: { policies },
      });
      subscribe('nestjs-cors:decision', collect);
      await send(app.port, from(STRANGER, '/orders/7', { method: 'PUT' }));
      unsubscribe('nestjs-cors:decision', collect);
      await app.close();
      expect(events).toMatchObject([{ kind: 'actual', outcome: 'rejected', reason: 'origin-denied', method: 'PUT', route: '/orders/:id' }]); // prettier-ignore
    });
  },
);
