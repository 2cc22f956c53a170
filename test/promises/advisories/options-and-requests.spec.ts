import { Controller, Get, Options, Post } from '@nestjs/common';
import { CorsInspector, CorsPolicy, NoCors } from 'nestjs-cors';
import { get, preflight, request } from '../../support/row.js';
import { varyNames } from '../../support/observe.js';
import { APP, EVIL } from '../../support/origins.js';
import { createAdapter, PLATFORMS } from '../../support/platforms.js';
import { send, type HeaderLine } from '../../support/raw.js';
import { type RunningApp, startApp } from '../../support/test-app.js';
import { refusals, refusalsOf } from '../../support/refusals.js';
import { allowedHeaders, verdict } from '../../support/verdict.js';

async function allows(origin: unknown, ...asked: string[]): Promise<readonly boolean[]> {
  const cors = { default: { origin: origin as string } };
  const app = await startApp(createAdapter('express'), { cors });
  const inspector = app.app.get(CorsInspector);
  const answers = asked.map((each) => inspector.explain('GET', '/', each));
  return Promise.all(answers)
    .then((all) => all.map(({ originAllowed }) => originAllowed))
    .finally(() => app.close());
}

/** The advisories of the reference whose trigger is a configuration: refused at start-up, or without the effect. */
describe('advisories about configurations', () => {
  it('CVE-2018-20744: * with credentials does not start', async () => {
    expect(await refusalsOf({ origin: '*', credentials: true })).toEqual([
      'wildcard-with-credentials',
    ]);
  });

  it('reflecting every origin does not start either, in whatever form', async () => {
    for (const origin of [true, () => true, /.*/, /^https:\/\/.+$/, () => Promise.resolve(true)])
      expect(await refusalsOf({ origin, credentials: true })).not.toEqual([]);
  });

  it('CVE-2019-25211: a wildcard that ends a host or a path does not start', async () => {
    expect(await refusalsOf({ origin: 'https://example.com/*' })).not.toEqual([]);
    expect(await refusalsOf({ origin: 'https://example.com*' })).not.toEqual([]);
    expect(await allows('https://example.com', 'https://example.community')).toEqual([false]);
  });

  it('GHSA-vhxv-fg4m-p2w8: origins that share beginnings or endings do not mix', async () => {
    const mixed = ['https://barfoo.com', 'https://foobar.com', 'https://foo.comhttps://bar.com'];
    expect(await allows(['https://foo.com', 'https://bar.com'], ...mixed)).toEqual([
      false,
      false,
      false,
    ]);
    const words = ['cat', 'concat', 'kin', 'pin'].map((word) => `https://${word}`);
    const others = ['pkin', 'kpin', 'akin', 'ca'].map((word) => `https://${word}`);
    expect(await allows(words, ...words)).toEqual([true, true, true, true]);
    expect(await allows(words, ...others)).toEqual([false, false, false, false]);
    const patterns = words.map((word) => word.replace('//', '//*.'));
    expect(await allows(patterns, ...words, ...others)).toEqual(Array(8).fill(false));
  });

  it('false denials: whatever is configured is allowed, in any order', async () => {
    const origins = ['https://a.com', 'https://*.a.com', 'https://b.a.com', 'https://a.com:8080'];
    const asked = ['https://a.com', 'https://x.y.a.com', 'https://b.a.com', 'https://a.com:8080'];
    for (const order of [origins, [...origins].reverse()])
      expect(await allows(order, ...asked)).toEqual([true, true, true, true]);
  });

  it('CVE-2017-11173: an origin that goes on after the allowed one is denied', async () => {
    const longer = ['https://example.com.example.net', 'https://example.com-example.net'];
    expect(await allows('https://example.com', ...longer)).toEqual([false, false]);
    expect(await refusalsOf({ origin: /^https:\/\/example\.com/ })).not.toEqual([]);
  });

  it('CVE-2022-1996, CVE-2026-37737: a RegExp for a prefix does not start, a string is no RegExp', async () => {
    for (const origin of [/example\.com/, /^https:\/\/example\.com/m, /^https:\/\/(a|b)\.com|c/])
      expect(await refusalsOf({ origin })).not.toEqual([]);
    expect(await refusalsOf({ origin: '^https://example.com$' })).not.toEqual([]);
    expect(await allows('https://a.b', 'https://axb')).toEqual([false]);
  });

  it('a pattern needs its dot, and does not match the bare name', async () => {
    const asked = ['https://evila.com', 'https://a.com', 'https://.a.com', 'https://x.a.com'];
    expect(await allows('https://*.a.com', ...asked)).toEqual([false, false, false, true]);
  });

  it('CVE-2015-9243: options of a route do not fall back to everyone', async () => {
    @CorsPolicy({ credentials: true })
    @Controller('route')
    class RouteController {
      @Get() read(): string {
        return 'read';
      }
    }
    expect(await refusals({ default: { origin: APP } }, [RouteController])).toEqual([
      'missing-origin',
    ]);
  });

  it('CVE-2024-6221: there is no option for private networks', async () => {
    expect(await refusalsOf({ origin: APP, privateNetwork: true })).toEqual(['refused-option']);
  });

  it("cors 2.8.6: a RegExp with 'g' does not start", async () => {
    expect(await refusalsOf({ origin: /^https:\/\/a\.example$/g })).toEqual(['regexp-stateful']);
  });
});

@Controller('plain')
class PlainController {
  static ran = 0;
  @Get() read(): string {
    return 'read';
  }
  @Post() write(): string {
    PlainController.ran += 1;
    return 'written';
  }
  @CorsPolicy({ origin: APP, denied: 'reject' }) @Post('guarded') guarded(): string {
    PlainController.ran += 1;
    return 'written';
  }
  @CorsPolicy({ origin: APP }) @Options('own') options(): string {
    return 'own options';
  }
  @CorsPolicy({ origin: 'https://own.example' }) @Post('own') own(): string {
    return 'own';
  }
  @NoCors() @Get('closed') closed(): string {
    return 'closed';
  }
}

/** The advisories whose trigger is a request: the right policy, or none. */
describe.each(PLATFORMS)('advisories about requests on %s', (platform) => {
  let app: RunningApp;
  let bare: RunningApp;

  const ask = async (...args: Parameters<typeof preflight>): Promise<string> =>
    verdict(await send(app.port, preflight(...args)));

  const simple = async (path: string, origin?: string): Promise<string> => {
    const type: HeaderLine = ['Content-Type', 'text/plain'];
    return verdict(await send(app.port, request('POST', path, origin, [type], '{"a":1}')));
  };

  beforeAll(async () => {
    const controllers = [PlainController];
    const cors = { default: { origin: APP, credentials: true } };
    app = await startApp(createAdapter(platform), { cors, controllers });
    bare = await startApp(createAdapter(platform), { cors: {}, controllers });
  });

  afterAll(() => Promise.all([app.close(), bare.close()]));

  it('CVE-2017-20146 and its many siblings: nothing is allowed by default', async () => {
    for (const origin of ['https://adversary.example.net', 'null', EVIL, '*']) {
      expect(verdict(await send(bare.port, get('/plain', origin)))).toBe('200 -');
      expect(verdict(await send(bare.port, preflight('/plain', 'POST', origin)))).toBe('404 -');
      expect(verdict(await send(app.port, get('/plain', origin)))).toBe('200 -');
    }
  });

  it('CVE-2025-47908: many commas cost nothing to speak of, and fail', async () => {
    expect(await ask('/plain', 'POST', APP, ','.repeat(10_000))).toBe('403 -');
    expect(await ask('/plain', 'POST', APP, `a${','.repeat(18)}b`)).toBe('403 -');
  });

  it('CVE-2026-69207: blanks between names, also where any header is allowed', async () => {
    expect(await ask('/plain', 'POST', APP, `a${' '.repeat(10_000)},b`)).toBe('403 -');
  });

  it("GHSA-q7jf-gf43-6x6p: the request's Vary changes nothing", async () => {
    for (const vary of ['Origin', '*', 'X-Evil']) {
      const response = await send(app.port, get('/plain', EVIL, [['Vary', vary]]));
      expect([verdict(response), varyNames(response)]).toEqual(['200 -', ['origin']]);
    }
  });

  it('CVE-2024-6221: nothing is said about private networks', async () => {
    const asks: HeaderLine[] = [
      ['Access-Control-Request-Private-Network', 'true'],
      ['Access-Control-Request-Local-Network', 'true'],
    ];
    const response = await send(app.port, preflight('/plain', 'POST', APP, undefined, asks));
    expect(verdict(response)).toBe(`204 ${APP} +credentials`);
    expect(JSON.stringify(response.headers)).not.toMatch(/network/i);
  });

  it("CVE-2022-4147, CVE-2025-54782: a simple request executes; denied: 'reject' stops it", async () => {
    PlainController.ran = 0;
    expect(await simple('/plain/guarded', EVIL)).toBe('403 -');
    expect(await simple('/plain/guarded', 'null')).toBe('403 -');
    expect(PlainController.ran).toBe(0);
    expect(await simple('/plain', EVIL)).toMatch(/^(201|415) -$/); // CORS alone never stops it
    expect(await simple('/plain/guarded', 'http://localhost')).toMatch(/^(201|415) -$/);
    expect(await simple('/plain/guarded')).toMatch(/^(201|415) -$/);
  });

  it('CVE-2023-35943: what is denied stays denied, request after request', async () => {
    for (let round = 0; round < 3; round++) {
      expect(await ask('/plain', 'POST', EVIL)).toBe('403 -');
      expect(await ask('/plain', 'POST')).toBe(`204 ${APP} +credentials`);
    }
  });

  it("@fastify/cors 11.4.3: the route's own policy answers its preflight, an unknown path gets the default", async () => {
    expect(await ask('/plain/own', 'POST', 'https://own.example')).toBe('204 https://own.example');
    expect(await ask('/plain/own', 'POST')).toBe('403 -');
    expect(await ask('/nowhere', 'POST', EVIL)).toBe('403 -');
    expect(verdict(await send(bare.port, preflight('/nowhere', 'POST')))).toMatch(/^404 -$/);
    const plain = await send(app.port, request('OPTIONS', '/plain/own', APP));
    expect([plain.status, plain.body]).toEqual([200, 'own options']);
  });

  it('cors 2.8.6: plain OPTIONS reaches the handler, nobody denied is told of credentials', async () => {
    const plain = await send(app.port, request('OPTIONS', '/plain/own'));
    expect([plain.body, verdict(plain)]).toEqual(['own options', '200 -']);
    expect(verdict(await send(app.port, get('/plain', EVIL)))).toBe('200 -');
    expect(verdict(await send(app.port, get('/plain')))).toBe('200 -');
  });

  it('nothing but the names comes back', async () => {
    const response = await send(app.port, preflight('/plain', 'POST', APP, ' X-B ,\t,x-a,'));
    expect(allowedHeaders(response)).toBe('x-b, x-a');
  });
});
