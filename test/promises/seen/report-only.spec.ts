import { Controller, Get, Put } from '@nestjs/common';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setTimeout as wait } from 'node:timers/promises';
import {
  CorsInspector,
  CorsPolicy,
  type CorsReportOnlyEvent,
  type CorsTrialOptions,
} from 'nestjs-cors';
import { diffManifests } from 'nestjs-cors/export';
import { inProduction } from '../../support/in-production.js';
import { CollectedLog } from '../../support/log.js';
import { createAdapter, MATRIX } from '../../support/platforms.js';
import { preflight } from '../../support/row.js';
import { type RawRequest, send } from '../../support/raw.js';
import { type RunningApp, startApp } from '../../support/test-app.js';

@CorsPolicy('partners')
@Controller('orders')
class OrdersController {
  @Get()
  all(): string {
    return 'all';
  }

  @CorsPolicy({ extends: 'parent', maxAge: 60 })
  @Put()
  change(): string {
    return 'changed';
  }
}

const KEPT = 'https://kept.example';
const LEAVING = 'https://leaving.example';
const COMING = 'https://coming.example';
const POLICY = { origin: [KEPT, LEAVING], credentials: true };

const page = (origin: string): RawRequest => ({ path: '/orders', headers: [['Origin', origin]] });

/** A trial, a request, and the line in the terminal. */
const ROWS: readonly (readonly [string, CorsTrialOptions, RawRequest, string | undefined])[] = [
  [
    'an origin that would be turned away',
    { extends: 'self', origin: [KEPT] },
    page(LEAVING),
    `Report only: reading of GET "/orders" from "${LEAVING}" at OrdersController.all is allowed, and would be denied: policy "partners.reportOnly" does not allow ${LEAVING}; add '${LEAVING}' to policies.partners.reportOnly.origin if it may read`,
  ],
  [
    'an origin that would be let in, beside the line that denies it',
    { origin: [KEPT, LEAVING, COMING] },
    preflight('/orders', 'GET', COMING),
    `Report only: preflight for GET "/orders" from "${COMING}" at OrdersController.all is denied, and would be allowed: policy "partners.reportOnly" is the one that is tried`,
  ],
  [
    'credentials that would be withheld',
    { extends: 'self', credentials: [KEPT] },
    page(LEAVING),
    `Report only: reading of GET "/orders" from "${LEAVING}" at OrdersController.all is allowed with credentials, and would be allowed without credentials: policy "partners.reportOnly" is the one that is tried`,
  ],
  [
    'a handler whose policy extends the one on trial',
    { extends: 'self', allowedHeaders: ['X-Trace'] },
    preflight('/orders', 'PUT', KEPT, 'x-tenant'),
    `Report only: preflight for PUT "/orders" from "${KEPT}" at OrdersController.change is allowed, and would be denied: policy "OrdersController.change.reportOnly (extends parent)" does not allow x-tenant; add 'x-tenant' to policies.partners.reportOnly.allowedHeaders if they may be sent`,
  ],
  ['nothing where both allow it', { extends: 'self', origin: [KEPT] }, page(KEPT), undefined],
];

describe.each(MATRIX)('reportOnly on $title', ({ platform, strategy }) => {
  let app: RunningApp;
  let log: CollectedLog;
  const reports: CorsReportOnlyEvent[] = [];
  const collect = (message: unknown): void => void reports.push(message as CorsReportOnlyEvent);

  const start = async (reportOnly?: CorsTrialOptions): Promise<void> => {
    log = new CollectedLog();
    const partners = { ...POLICY, ...(reportOnly && { reportOnly }) };
    const description = { controllers: [OrdersController], cors: { policies: { partners } } };
    app = await startApp(createAdapter(platform), description, strategy, log);
    log.take();
    reports.length = 0;
  };
  const listening = async (run: () => Promise<void>): Promise<void> => {
    subscribe('nestjs-cors:report-only', collect);
    try {
      await run();
    } finally {
      unsubscribe('nestjs-cors:report-only', collect);
    }
  };
  afterEach(async () => {
    await app.close();
    log.silence();
  });

  it.each(ROWS)('is said in the terminal: %s', async (_name, trial, request, line) => {
    await start(trial);
    await send(app.port, request);
    await send(app.port, request);
    const lines = log.take().filter((said) => !said.startsWith('Denied: '));
    expect(lines).toEqual(line === undefined ? [] : [line]);
  });

  it('is published in production, and said nowhere else', async () => {
    await inProduction(() => start({ extends: 'self', origin: [KEPT] }));
    await listening(async () => {
      await send(app.port, page(LEAVING));
      await send(app.port, page(KEPT));
    });
    expect(reports).toMatchObject([
      {
        kind: 'actual',
        outcome: 'allowed',
        policy: 'partners',
        where: 'OrdersController.all',
        origin: LEAVING,
        credentials: true,
        reportOnly: {
          policy: 'partners.reportOnly',
          outcome: 'denied',
          reason: 'origin-denied',
          credentials: false,
        },
      },
    ]);
    expect(log.take()).toEqual([]);
  });

  it('asks nothing where nobody would hear of it', async () => {
    let asked = 0;
    const origin = (): boolean => (asked += 1) < 0;
    await inProduction(() => start({ extends: 'self', origin }));
    const whileStarting = asked;
    await send(app.port, page(LEAVING));
    await send(app.port, preflight('/orders', 'GET', LEAVING));
    expect(asked).toBe(whileStarting);
    await listening(async () => void (await send(app.port, page(LEAVING))));
    expect([asked, reports.length]).toEqual([whileStarting + 1, 1]);
  });

  it('waits for no predicate, and takes nothing from one that fails or tampers with the request', async () => {
    let release = (): void => undefined;
    const origin = async (asked: string, request: object): Promise<boolean> => {
      Object.assign(request, { url: '/elsewhere', method: 'DELETE' });
      if (asked !== KEPT && asked !== LEAVING) return false; // asked at start-up
      await new Promise<void>((resolve) => (release = resolve));
      if (asked === KEPT) throw new Error('no database');
      return false;
    };
    await start({ extends: 'self', origin });
    await listening(async () => {
      for (const [index, from] of [LEAVING, KEPT].entries()) {
        expect(await send(app.port, page(from))).toMatchObject({ status: 200, body: 'all' });
        expect(reports).toHaveLength(index);
        release();
        while (reports.length === index) await wait(5);
      }
    });
    expect(reports.map(({ reportOnly }) => reportOnly.outcome)).toEqual(['denied', 'denied']);
    expect(log.take()).toContain(
      `origin predicate of policy "partners.reportOnly" rejected with "no database"; "${KEPT}" would be denied`,
    );
  });

  it('is told by explain() and the manifest, and is no difference', async () => {
    await start();
    const plain = app.app.get(CorsInspector).manifest();
    await app.close();
    await start({ extends: 'self', origin: [KEPT] });
    const inspector = app.app.get(CorsInspector);
    const explained = await inspector.explain('PUT', '/orders', LEAVING);
    expect(explained).toMatchObject({
      reason: 'allowed',
      reportOnly: { policy: 'OrdersController.change.reportOnly (extends parent)', reason: 'origin-denied' }, // prettier-ignore
    });
    const tried = inspector.manifest();
    const { partners } = tried.policies;
    expect(partners?.reportOnly).toMatchObject({ origin: [KEPT], credentials: true });
    expect(partners?.fingerprint).toBe(plain.policies['partners']?.fingerprint);
    expect(diffManifests(plain, tried)).toEqual([]);
    const { reportOnly, ...others } = partners ?? {};
    const inForce = { ...plain, policies: { ...plain.policies, partners: { ...others, ...reportOnly } } }; // prettier-ignore
    expect(diffManifests(tried, inForce as typeof plain)).toMatchObject([
      { place: 'GET /orders', verdict: 'narrower' },
    ]);
  });
});
