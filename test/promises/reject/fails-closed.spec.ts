import { createAdapter, type PlatformName } from '../../support/platforms.js';
import { Random } from '../../support/random.js';
import { startApp } from '../../support/test-app.js';
import { type Answer, closeConnections, send } from '../router/agreement/client.js';
import { FRIEND, ran, randomApplication } from './support/application.js';
import { SEED } from '../../support/seed.js';

/** Requests per platform, half of them of strangers. The recorded run is `CORS_REJECT=105000`. */
const REQUESTS = Number(process.env['CORS_REJECT'] ?? 600);
const PER_APPLICATION = 60;
const METHODS = ['GET', 'POST', 'PUT', 'PATCH'];
const STRANGERS = ['https://stranger.example', 'null', `${FRIEND}.evil.example`];

const SEGMENTS = [
  'a',
  'b',
  'c',
  '1',
  'A',
  '%61',
  'up',
  'reports',
  'inner',
  'v0',
  '..',
  '%2e%2e',
  'a;x',
  'a%2fb',
  '%00',
  'b%09',
  '',
];

function randomTarget(random: Random): string {
  const count = 1 + random.below(4);
  const path = Array.from({ length: count }, () => random.pick(SEGMENTS)).join('/');
  const query = random.pick(['', '', '', '?q=1', '?_method=PUT', '?_method=POST']);
  const start = random.pick(['/', '/', '/', '/v0/', '/inner/', '/up/']);
  return start + path + query;
}

/** A 403 of ours: nothing else answers so. */
function isRejected({ status, headers }: Answer): boolean {
  return status === 403 && headers['vary'] === 'Origin, Sec-Fetch-Site';
}

interface Sender {
  readonly name: string;
  readonly headers: Record<string, string>;
  readonly methods?: readonly string[];
  /** Which answers, and which handlers behind them, break the promise. */
  readonly breach: (answer: Answer, policies: readonly string[]) => boolean;
}

const crossSite = (origin: string): Record<string, string> => ({
  origin,
  'sec-fetch-site': 'cross-site',
});

const SENDERS: readonly Sender[] = [
  ...STRANGERS.map((origin) => ({
    name: `a stranger (${origin})`,
    headers: crossSite(origin),
    breach: (_answer: Answer, policies: readonly string[]) =>
      policies.some((policy) => policy.startsWith('strict')),
  })),
  {
    name: 'a friend',
    headers: crossSite(FRIEND),
    // Only @NoCors() denies a friend, and turns away what needed a preflight and got it as another handler's.
    methods: ['GET', 'POST'],
    breach: isRejected,
  },
  {
    name: 'the own site',
    headers: { origin: 'https://own.example', 'sec-fetch-site': 'same-origin' },
    breach: isRejected,
  },
  { name: 'a request without Origin', headers: {}, breach: isRejected },
];

describe.each<PlatformName>(['express', 'fastify'])("denied: 'reject' on %s", (platform) => {
  afterAll(closeConnections);

  it(`keeps strangers, and nobody else, from handlers and upstreams, over ${REQUESTS} random requests (CORS_SEED=${SEED})`, async () => {
    const random = new Random(SEED);
    const breaches: string[] = [];
    const seen = { rejected: 0, handled: 0 };
    for (
      let requests = 0;
      requests < REQUESTS && breaches.length === 0;
      requests += PER_APPLICATION
    ) {
      const { description, close } = await randomApplication(random, platform);
      const { port, close: closeOuter } = await startApp(createAdapter(platform), description);
      for (let count = 0; count < PER_APPLICATION; count++) {
        const sender = random.pick(SENDERS);
        const method = random.pick(sender.methods ?? METHODS);
        const target = randomTarget(random);
        ran.length = 0;
        const answer = await send(port, method, target, sender.headers);
        if (isRejected(answer)) seen.rejected += 1;
        if (ran.length > 0) seen.handled += 1;
        if (sender.breach(answer, ran))
          breaches.push(
            JSON.stringify({ method, target, sender: sender.name, status: answer.status, ran }),
          );
      }
      await closeOuter();
      await close();
    }
    expect(breaches).toEqual([]);
    expect(seen.rejected).toBeGreaterThan(REQUESTS / 50);
    expect(seen.handled).toBeGreaterThan(REQUESTS / 20);
  }, 3_600_000);
});
