import { connect } from 'node:net';
import { Random } from '../../support/random.js';
import { MATRIX, type Setup } from '../../support/platforms.js';
import type { RunningApp } from '../../support/test-app.js';
import { FOUND } from './support/found.js';
import { framedRequest, type FuzzRequest, garbage } from './support/fuzz.js';
import { pipeline, type WireRequest } from '../../support/connection.js';
import { startFuzzed, startWithout } from '../../support/fuzz-app.js';
import { CollectedLog } from '../../support/log.js';
import { ResponseReader, type WireResponse } from '../../support/responses.js';
import { unsound } from './support/soundness.js';
import { verdict } from '../../support/verdict.js';
import { SEED } from '../../support/seed.js';

/** Answered requests over the whole matrix. The recorded run is `CORS_FUZZ=1000000`. */
const REQUESTS = Number(process.env['CORS_FUZZ'] ?? 10_000) / MATRIX.length;
const PER_CONNECTION = 40;
const CONNECTIONS = 8;
/** How long to listen after bytes that may be no complete request; and until a complete one counts as unanswered, busy machine or not. */
const SILENCE = 30;
const HANGING = 300_000;

/** Sends complete requests, then bytes that may be anything, over one connection. */
function converse(
  port: number,
  framed: readonly FuzzRequest[],
  last: WireRequest,
): Promise<readonly WireResponse[] | 'hanging'> {
  const reader = new ResponseReader([...framed.map(({ method }) => method), last.method]);
  const { responses } = reader;
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const settle = (): void => {
      socket.destroy();
      resolve(responses);
    };
    socket.setEncoding('latin1');
    socket.setTimeout(HANGING, () => {
      if (responses.length >= framed.length) return settle();
      socket.destroy();
      return resolve('hanging');
    });
    socket.on('data', (chunk: string) => {
      const before = responses.length;
      reader.feed(chunk);
      if (responses.length > framed.length) return settle();
      if (before === framed.length || responses.length < framed.length) return;
      socket.setTimeout(SILENCE);
      socket.write(Buffer.from(last.bytes, 'latin1'));
    });
    socket.on('error', settle).on('close', settle);
    socket.write(Buffer.from(framed.map(({ bytes }) => bytes).join(''), 'latin1'));
  });
}

describe.each(MATRIX)('hostile bytes on $title', (setup: Setup) => {
  let fuzzed: RunningApp;
  let without: RunningApp;
  let log: CollectedLog;
  /** Responses that some origin may read: a fuzz run in which everything is denied would show nothing. */
  let allowed = 0;

  beforeAll(async () => {
    fuzzed = await startFuzzed(setup);
    without = await startWithout(setup);
    log = new CollectedLog();
  });

  afterAll(async () => {
    log.silence();
    await Promise.all([fuzzed.close(), without.close()]);
  });

  /** A 5xx counts only if the same application without the module does not give it. */
  async function judge(
    sent: WireRequest & Partial<FuzzRequest>,
    response: WireResponse,
  ): Promise<readonly string[]> {
    const wrong = [...unsound(response, sent.headers)];
    if (response.status >= 500) {
      const [plain] = await pipeline(without.port, [sent], HANGING);
      if (plain === undefined || plain.status < 500) wrong.push(`status ${response.status}`);
    }
    return wrong.map((what) => `${what} for ${JSON.stringify(sent.bytes)}`);
  }

  async function round(random: Random, problems: string[]): Promise<number> {
    const framed = Array.from({ length: PER_CONNECTION }, () => framedRequest(random));
    const last = garbage(random);
    const responses = await converse(fuzzed.port, framed, last);
    if (responses === 'hanging') {
      problems.push(`no answer within ${HANGING} ms in ${JSON.stringify(framed)}`);
      return 0;
    }
    for (const [index, response] of responses.entries()) {
      problems.push(...(await judge(framed[index] ?? last, response)));
      if (!verdict(response).endsWith('-')) allowed += 1;
    }
    return responses.length;
  }

  it(`${REQUESTS} requests: nothing unsound, no crash, no 5xx of ours (CORS_SEED=${SEED})`, async () => {
    const random = new Random(SEED);
    const problems: string[] = [];
    let answered = 0;
    while (answered < REQUESTS && problems.length === 0) {
      const rounds = Array.from({ length: CONNECTIONS }, () => round(random, problems));
      for (const count of await Promise.all(rounds)) answered += count;
    }
    expect(problems.slice(0, 5)).toEqual([]);
    expect(allowed).toBeGreaterThan(answered / 20);
    // An error here is a case that nobody thought of; each belongs in found.ts.
    expect([...new Set(log.take().filter((line) => line.includes('denied:')))].slice(0, 3)).toEqual(
      [],
    );
  }, 3_600_000);

  it.each(FOUND)('found before: $name', async (found) => {
    log.take();
    const responses = await pipeline(fuzzed.port, [found], HANGING);
    const problems = await Promise.all(responses.map((response) => judge(found, response)));
    expect([responses.length, problems.flat(), log.take()]).toEqual([1, [], []]);
  });
});
