import { type CanActivate, Controller, Injectable, Put, UseGuards } from '@nestjs/common';
import { CorsInspector, CorsPolicy } from 'nestjs-cors';
import { Random } from '../../support/random.js';
import { get, preflight, request } from '../../support/row.js';
import { corsLines, varyNames } from '../../support/observe.js';
import { APP, EVIL } from '../../support/origins.js';
import { createAdapter, MATRIX } from '../../support/platforms.js';
import { type RunningApp, startApp } from '../../support/test-app.js';
import { answers } from '../../support/connection.js';
import { startWithout } from '../../support/fuzz-app.js';
import { unsound } from './support/soundness.js';
import { CONTROLLERS, POLICIES } from '../../support/shop.js';
import { listed, verdict } from '../../support/verdict.js';
import { SEED } from '../../support/seed.js';

@Injectable()
class CountingGuard implements CanActivate {
  static ran = 0;
  canActivate(): boolean {
    CountingGuard.ran += 1;
    return true;
  }
}

@UseGuards(CountingGuard)
@CorsPolicy({ origin: APP })
@Controller('guarded')
class GuardedController {
  @Put() write(): string {
    return 'written';
  }
}

describe.each(MATRIX)('whatever is sent, on $title', ({ platform, strategy }) => {
  let app: RunningApp;
  let without: RunningApp;

  beforeAll(async () => {
    const controllers = [...CONTROLLERS, GuardedController];
    app = await startApp(
      createAdapter(platform),
      { cors: { policies: POLICIES, default: { origin: APP } }, controllers },
      strategy,
    );
    without = await startWithout({ title: '', platform, strategy });
  });

  afterAll(() => Promise.all([app.close(), without.close()]));

  it('every route of the table: the preflight allows what the response does', async () => {
    const routes = app.app.get(CorsInspector).routes();
    expect(routes.length).toBeGreaterThan(8);
    for (const route of routes) {
      const method = route.method === 'ALL' ? 'PUT' : route.method;
      const path = route.path.replace(':id', '7');
      for (const spelling of [
        path,
        `${path}?x=1`,
        `http://x.test${path}`,
        path.replace(/^\/./, encoded),
      ]) {
        for (const origin of [
          APP,
          'https://b.example',
          'https://x.a.example',
          'https://q.rx.example',
          EVIL,
        ]) {
          const [actual, asked] = await answers(app.port, [
            request(method, spelling, origin),
            preflight(spelling, method, origin),
          ]);
          if (actual?.status !== 200 && actual?.status !== 201) continue;
          const read = verdict(actual).slice(4);
          expect([spelling, method, asked && verdict(asked)]).toEqual([
            spelling,
            method,
            read === '-' ? '403 -' : `204 ${read}`,
          ]);
        }
      }
    }
  });

  it('a preflight runs no guard and no handler; plain OPTIONS reaches the application', async () => {
    CountingGuard.ran = 0;
    const [asked, plain] = await answers(app.port, [
      preflight('/guarded', 'PUT'),
      request('OPTIONS', '/listed', APP),
    ]);
    expect([asked?.status, CountingGuard.ran, plain?.body]).toEqual([204, 0, 'any']);
  });

  it('Vary names the origin on every status but where everyone gets the same', async () => {
    const seen = await answers(app.port, [
      get('/shop', APP),
      get('/shop', EVIL),
      get('/shop'),
      request('HEAD', '/shop'),
      get('/open', EVIL),
    ]);
    expect(seen.map(varyNames)).toEqual([['origin'], ['origin'], ['origin'], ['origin'], []]);
    const lost = await answers(app.port, [get('/nowhere', APP), get('/nowhere')]);
    const reached = strategy === 'hook' ? ['origin'] : [];
    expect(lost.map(varyNames)).toEqual([reached, reached]);
  });

  it('nothing comes back that was not validated', async () => {
    const random = new Random(SEED);
    const bytes = Array.from({ length: 200 }, () => String.fromCharCode(0x21 + random.below(0xdd)));
    const sent = bytes
      .filter((byte) => byte !== '\x7f')
      .flatMap((byte) => [
        preflight('/open', 'PUT', `https://a${byte}.a.example`, `x${byte}y`),
        preflight('/pattern', `P${byte}T`, `https://x.a.example`, `x${byte}y`),
        get('/pattern', `https://a${byte}b.a.example`),
      ]);
    for (const [index, answer] of (await answers(app.port, sent)).entries())
      expect(unsound(answer, sent[index]?.headers)).toEqual([]);
  });

  it('a denied response tells no more than one without CORS, besides Vary', async () => {
    const requests = [get('/shop', EVIL), request('POST', '/shop', EVIL), get('/strict', EVIL)];
    const denied = await answers(app.port, requests);
    expect(heads(denied)).toEqual(heads(await answers(without.port, requests)));
  });

  it('a preflight discloses neither what failed nor another method than this URL serves', async () => {
    const [wrongMethod, wrongHeader, stranger] = await answers(app.port, [
      preflight('/strict', 'DELETE'),
      preflight('/listed', 'PUT', APP, 'x-two'),
      preflight('/listed', 'PUT', EVIL),
    ]);
    const failed = [wrongMethod, wrongHeader, stranger].map(
      (answer) =>
        answer && [answer.status, answer.body, corsLines(answer), varyNames(answer).length],
    );
    expect(failed).toEqual([
      [403, '', [], 3],
      [403, '', [], 3],
      [403, '', [], 3],
    ]);
    const [granted] = await answers(app.port, [preflight('/shop/7', 'PUT')]);
    expect(granted && listed(granted)).toBe('PUT, PATCH'); // never DELETE, which has no policy
  });
});

/** Everything that can be compared of responses: `Vary` and `Date` may differ. */
function heads(responses: Awaited<ReturnType<typeof answers>>): unknown {
  return responses.map(({ status, body, headers }) => [
    status,
    body,
    headers.filter(([name]) => !/^(?:vary|date)$/i.test(name)),
  ]);
}

function encoded(start: string): string {
  return `/%${start.charCodeAt(1).toString(16)}`;
}
