import { Controller, Get } from '@nestjs/common';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { type CorsDecisionEvent, CorsPolicy } from 'nestjs-cors';
import { Decisions } from '../../../lib/app/decisions.js';
import { DecisionEvents } from '../../../lib/app/events/decision-events.js';
import { probe } from '../../../lib/platform/imaginary-request.js';
import { pipeline, wire } from '../../support/connection.js';
import { CollectedLog } from '../../support/log.js';
import { createAdapter, MATRIX } from '../../support/platforms.js';
import { Random } from '../../support/random.js';
import { get } from '../../support/requests.js';
import { SEED } from '../../support/seed.js';
import { type RunningApp, startApp } from '../../support/test-app.js';

const PARTNER = 'https://partner.example';
const CONNECTIONS = 100;
/** Ten thousand in the four applications together; in each of them with `CORS_CROWD=100`. */
const REQUESTS_PER_CONNECTION = Number(process.env['CORS_CROWD'] ?? 25);
/** Denials that a hostile client provokes; the whole is `CORS_DENIALS=1000000`. */
const DENIALS = Number(process.env['CORS_DENIALS'] ?? 5_000);
const LINES_PER_MINUTE = 20;

@CorsPolicy('partners')
@Controller('orders')
class OrdersController {
  @Get()
  all(): string {
    return 'all';
  }
}

const POLICIES = {
  partners: { origin: PARTNER, allowedHeaders: ['X-A'], reportOnly: { origin: '*' } },
} as const;

/** Control, format and bidi characters, line separators, halves of pairs, and what looks like a line of the log. */
const NASTY = ['\n', '\r', '\0', '\u001b[31m', '\u009b2J', '\u202e', '\u2066', '\u2028', '\ud800', '\ufeff', 'WARN Denied: ', '"', '\\', 'a', '.', ':443', 'https://', '𝕏']; // prettier-ignore

function nasty(random: Random): string {
  const pieces = Array.from({ length: 1 + random.below(6) }, () => random.pick(NASTY));
  return pieces.join('');
}

describe.each(MATRIX)('crowds on $title', ({ platform, strategy }) => {
  let app: RunningApp;
  let log: CollectedLog;

  beforeEach(async () => {
    log = new CollectedLog();
    const description = { controllers: [OrdersController], cors: { policies: POLICIES } };
    app = await startApp(createAdapter(platform), description, strategy, log);
    log.take();
  });
  afterEach(async () => {
    await app.close();
    log.silence();
  });

  it(`are counted exactly: ${CONNECTIONS * REQUESTS_PER_CONNECTION} requests over a hundred connections at once`, async () => {
    const counts = new Map<string, number>();
    const count = (message: unknown): void => {
      const { outcome } = message as CorsDecisionEvent;
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    };
    subscribe('nestjs-cors:decision', count);
    try {
      const connections = Array.from({ length: CONNECTIONS }, (_, connection) => {
        const requests = Array.from({ length: REQUESTS_PER_CONNECTION }, (_, index) =>
          wire(
            get(
              '/orders',
              (connection * REQUESTS_PER_CONNECTION + index) % 4 === 0
                ? `https://s${connection}.example`
                : PARTNER,
            ),
          ),
        );
        return pipeline(app.port, requests);
      });
      const answered = await Promise.all(connections);
      expect(answered.flat()).toHaveLength(CONNECTIONS * REQUESTS_PER_CONNECTION);
    } finally {
      unsubscribe('nestjs-cors:decision', count);
    }
    const quarter = (CONNECTIONS * REQUESTS_PER_CONNECTION) / 4;
    expect(Object.fromEntries(counts)).toEqual({ allowed: 3 * quarter, denied: quarter });
  }, 60_000);

  it(`say twenty lines a minute at most, none with a raw control character: ${DENIALS} hostile denials (CORS_SEED=${SEED})`, async () => {
    const random = new Random(SEED);
    const [decisions, events] = [app.app.get(Decisions), app.app.get(DecisionEvents)];
    const start = performance.now();
    for (let sent = 0; sent < DENIALS; sent += 1) {
      const origin = random.chance(0.2) ? PARTNER : `https://${nasty(random)}`;
      const exchange = probe('OPTIONS', random.chance(0.5) ? '/orders' : `/${nasty(random)}`, { origin }); // prettier-ignore
      const method = random.chance(0.5) ? 'GET' : nasty(random);
      const question = { exchange, origin, preflight: { origin, method, headers: nasty(random) } };
      events.decided('preflight', question, await decisions.decide(question));
    }
    const lines = log.take();
    const minutes = 1 + Math.ceil((performance.now() - start) / 60_000);
    for (const sign of ['Denied: ', 'Report only: ']) {
      const ofKind = lines.filter((line) => line.startsWith(sign));
      expect(ofKind.length).toBeGreaterThan(0);
      expect(ofKind.length).toBeLessThanOrEqual(minutes * LINES_PER_MINUTE);
    }
    expect(lines.filter((line) => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(line))).toEqual([]);
  }, 600_000);
});
