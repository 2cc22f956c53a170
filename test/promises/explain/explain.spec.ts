import { CorsInspector, type CorsExplanation } from 'nestjs-cors';
import { isBeforeHooks } from '../../support/before-hooks.js';
import { Random } from '../../support/random.js';
import { type Answer, closeConnections, send } from '../router/agreement/client.js';
import { ORIGIN } from '../router/agreement/application.js';
import {
  type PlatformName,
  randomApplication,
  randomTarget,
} from '../router/agreement/generate.js';
import { bootUnlessRefused, METHODS } from '../router/agreement/observe.js';
import { SEED } from '../../support/seed.js';

/** Questions per platform and per `debug`. The recorded run is `CORS_EXPLAIN=2500`. */
const QUESTIONS = Number(process.env['CORS_EXPLAIN'] ?? 250);
const PER_APPLICATION = 50;
const ORIGINS = [ORIGIN, ORIGIN, 'https://stranger.example', 'null', 'nonsense'];
const HEADERS = [undefined, 'x-a', 'x-a,content-type', 'x a'];

/** In absolute form the authority is the host for explain(), as in a browser's address bar. */
const ABSOLUTE_FORM = /^https?:/i;

/** Header lines of an answer by their names in lower case, `Access-Control-*`, `Vary` and the debugging one only. */
function corsHeaders(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const lines = Object.entries(headers).map(
    ([name, value]) => [name.toLowerCase(), String(value)] as const,
  );
  return Object.fromEntries(
    lines.filter(([name]) => /^access-control-|^vary$|^cors-debug$/.test(name)),
  );
}

/** Nothing is said where the application answers, and then nothing of ours is on the answer. */
function agrees({ preflight }: CorsExplanation, answer: Answer): boolean {
  const answered = corsHeaders(answer.headers);
  if (preflight === undefined) return Object.keys(answered).length === 0;
  return (
    preflight.status === answer.status &&
    JSON.stringify(Object.entries(corsHeaders(preflight.headers)).sort()) ===
      JSON.stringify(Object.entries(answered).sort())
  );
}

describe.each<[PlatformName, boolean]>([
  ['express', false],
  ['express', true],
  ['fastify', false],
  ['fastify', true],
])('explain() on %s, debug %s', (platform, debug) => {
  afterAll(closeConnections);

  it(`says what is answered, for ${QUESTIONS} random questions (CORS_SEED=${SEED})`, async () => {
    const random = new Random(SEED);
    const wrong: string[] = [];
    let ours = 0;
    for (let asked = 0; asked < QUESTIONS && wrong.length === 0;) {
      const application = { ...randomApplication(random, platform), debug };
      const booted = await bootUnlessRefused(application, platform, 'hook');
      if (booted === undefined) continue;
      const inspector = booted.app.get(CorsInspector);
      for (let count = 0; count < PER_APPLICATION; count++, asked++) {
        const [target, method] = [randomTarget(random, application), random.pick(METHODS)];
        if (ABSOLUTE_FORM.test(target)) continue;
        const [origin, list] = [random.pick(ORIGINS), random.pick(HEADERS)];
        const answer = await send(booted.port, 'OPTIONS', target, {
          origin,
          'access-control-request-method': method,
          ...(list !== undefined && { 'access-control-request-headers': list }),
        });
        if (isBeforeHooks(platform, target, answer.status)) continue;
        const said = await inspector.explain(method, target, origin, list?.split(','));
        if (said.preflight !== undefined) ours += 1;
        if (!agrees(said, answer))
          wrong.push(
            JSON.stringify({
              method,
              target,
              origin,
              list,
              said,
              status: answer.status,
              headers: answer.headers,
            }),
          );
      }
      await booted.app.close();
    }
    expect(wrong).toEqual([]);
    expect(ours).toBeGreaterThan(QUESTIONS / 4);
  }, 3_600_000);
});
