import { Controller, Get, Put } from '@nestjs/common';
import { EventEmitter, once } from 'node:events';
import { connect } from 'node:net';
import { CorsPolicy, type CorsOriginPredicate } from 'nestjs-cors';
import { get, preflight } from '../../support/row.js';
import { varyNames } from '../../support/observe.js';
import { APP } from '../../support/origins.js';
import { createAdapter, MATRIX, PLATFORMS } from '../../support/platforms.js';
import { send } from '../../support/raw.js';
import { type RunningApp, startApp } from '../../support/test-app.js';
import { wire } from '../../support/connection.js';
import { CollectedLog } from '../../support/log.js';
import { verdict } from '../../support/verdict.js';

const CANARY = /^https:\/\/cors-canary-/;

/** An error that fails once more when somebody wants to know what it says. */
class UnreadableError extends Error {
  override get message(): string {
    throw new Error('no message');
  }
}

const revoked = Proxy.revocable({}, {});
revoked.revoke();

/** An object that promises resolve, made without a literal `then`. */
function thenable(then: PropertyDescriptor): unknown {
  // eslint-disable-next-line unicorn/no-thenable -- the very thing that is tested
  return Object.defineProperty({}, 'then', then);
}

type Resolve = (value: unknown) => void;

/** What a predicate may do that is neither yes nor no; all of it denies and is logged. */
const FAULTS: Readonly<Record<string, () => unknown>> = {
  'throws an Error': () => {
    throw new Error('broken');
  },
  'throws a string with line breaks': () => {
    throw 'broken\r\nAccess-Control-Allow-Origin: *';
  },
  'throws undefined': () => {
    throw undefined;
  },
  'throws what cannot be read': () => {
    throw new UnreadableError();
  },
  'throws a revoked proxy': () => {
    throw revoked.proxy;
  },
  rejects: () => Promise.reject(new Error('broken')),
  'rejects with null': () => Promise.reject(null),
  'rejects with what cannot be read': () => Promise.reject(new UnreadableError()),
  'rejects with a revoked proxy': () => Promise.reject(revoked.proxy),
  'answers true as a string': () => 'true',
  'answers 1': () => 1,
  'answers an object': () => ({ allowed: true }),
  'answers undefined': () => undefined,
  'answers a function': () => () => true,
  'answers a revoked proxy': () => revoked.proxy,
  'resolves to a string': () => Promise.resolve('true'),
  'resolves to a revoked proxy': () => Promise.resolve().then(() => revoked.proxy),
  'answers a thenable that throws': () =>
    thenable({
      value: () => {
        throw new Error('broken');
      },
    }),
  'answers a thenable whose then cannot be read': () =>
    thenable({
      get: () => {
        throw new Error('broken');
      },
    }),
  'answers a thenable that resolves twice': () =>
    thenable({
      value: (resolve: Resolve) => {
        resolve('maybe');
        resolve(true);
      },
    }),
};

let fault: () => unknown = () => false;

/** Makes the predicate wait: `reached` settles once it was asked, and it says yes when it is released. */
function hold(): { readonly reached: Promise<unknown>; readonly release: () => void } {
  const events = new EventEmitter();
  const released = once(events, 'released').then(() => true);
  fault = () => {
    events.emit('asked');
    return released;
  };
  return { reached: once(events, 'asked'), release: () => events.emit('released') };
}

const predicate = ((origin: string) =>
  CANARY.test(origin) ? false : fault()) as CorsOriginPredicate;

@CorsPolicy({ origin: predicate })
@Controller('faulty')
class FaultyController {
  static ran = 0;
  @Get() read(): string {
    FaultyController.ran += 1;
    return 'read';
  }
  @Put() write(): string {
    return 'written';
  }
}

describe.each(MATRIX)('predicates that fail on $title', ({ platform, strategy }) => {
  let app: RunningApp;
  let log: CollectedLog;

  beforeAll(async () => {
    const description = { cors: {}, controllers: [FaultyController] };
    app = await startApp(createAdapter(platform), description, strategy);
    log = new CollectedLog();
  });

  afterAll(async () => {
    log.silence();
    await app.close();
  });

  it.each(Object.keys(FAULTS))('%s', async (name) => {
    fault = FAULTS[name] ?? fault;
    log.takeFaults();
    const actual = await send(app.port, get('/faulty', APP));
    expect([verdict(actual), actual.body, varyNames(actual)]).toEqual([
      '200 -',
      'read',
      ['origin'],
    ]);
    expect(verdict(await send(app.port, preflight('/faulty', 'PUT')))).toBe('403 -');
    // One line for each kind of fault, however many requests meet it.
    const logged = log.takeFaults();
    expect(logged.length).toBeLessThanOrEqual(1);
    expect(logged.join('')).not.toMatch(/[\r\n]/);
    fault = () => Promise.resolve(true);
    expect(verdict(await send(app.port, get('/faulty', APP)))).toBe(`200 ${APP}`);
  });

  it('is not asked about what is no origin', async () => {
    let asked = 0;
    fault = () => (asked += 1) > 0;
    for (const origin of [
      'null',
      `${APP}/`,
      'https://a b',
      `https://${'a'.repeat(400)}`,
      '__proto__',
    ])
      expect(verdict(await send(app.port, get('/faulty', origin)))).toBe('200 -');
    expect(asked).toBe(0);
  });

  it('one that resolves after the client left harms nobody', async () => {
    for (const sent of [preflight('/faulty', 'PUT'), get('/faulty', APP)]) {
      const { reached, release } = hold();
      const socket = connect(app.port, '127.0.0.1');
      socket.write(wire(sent).bytes);
      await reached;
      socket.destroy();
      await new Promise((resolve) => socket.on('close', resolve));
      await new Promise((resolve) => setImmediate(resolve));
      release();
    }
    fault = () => true;
    expect(verdict(await send(app.port, preflight('/faulty', 'PUT')))).toBe(`204 ${APP}`);
  });
});

describe.each(PLATFORMS)('a predicate that never answers on %s', (platform) => {
  it('denies after a second, while other requests are answered', async () => {
    const description = { cors: {}, controllers: [FaultyController] };
    const app = await startApp(createAdapter(platform), description);
    const log = new CollectedLog();
    try {
      fault = () => new Promise(() => {});
      const hanging = [get('/faulty', APP), preflight('/faulty', 'PUT')].map((sent) =>
        send(app.port, sent).then(verdict),
      );
      expect(verdict(await send(app.port, get('/faulty')))).toBe('200 -');
      expect(await Promise.all(hanging)).toEqual(['200 -', '403 -']);
      expect(log.takeFaults()).toEqual([expect.stringContaining('did not settle within 1000 ms')]);
    } finally {
      log.silence();
      await app.close();
    }
  });

  it('app.close() during a preflight that waits ends, and so does the preflight', async () => {
    const description = { cors: {}, controllers: [FaultyController] };
    const app = await startApp(createAdapter(platform), description);
    const { reached, release } = hold();
    const answer = send(app.port, preflight('/faulty', 'PUT')).then(verdict, () => 'closed');
    await reached;
    const closed = app.close();
    release();
    await closed;
    expect(['closed', `204 ${APP}`]).toContain(await answer);
  });
});
