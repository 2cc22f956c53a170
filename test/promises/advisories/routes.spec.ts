import {
  type CanActivate,
  Controller,
  Get,
  Injectable,
  Param,
  Put,
  UseGuards,
} from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { CorsPolicy, NoCors } from 'nestjs-cors';
import { get, preflight, request } from '../../support/row.js';
import { APP, EVIL } from '../../support/origins.js';
import { createAdapter, PLATFORMS } from '../../support/platforms.js';
import { send } from '../../support/raw.js';
import { type RunningApp, startApp } from '../../support/test-app.js';
import { CollectedLog } from '../../support/log.js';
import { verdict } from '../../support/verdict.js';

const ADMIN = 'https://admin.example';
const PAGES = 'https://pages.example';

@Injectable()
class CountingGuard implements CanActivate {
  static ran = 0;
  canActivate(): boolean {
    CountingGuard.ran += 1;
    return true;
  }
}

@UseGuards(CountingGuard)
@CorsPolicy({ origin: ADMIN })
@Controller('admin')
class AdminController {
  @Get() read(): string {
    return 'admin';
  }
  @Put() write(): string {
    return 'admin';
  }
  @Get('users/:id') one(): string {
    return 'admin';
  }
}

@CorsPolicy({ origin: PAGES })
@Controller()
class PagesController {
  @Get() root(): string {
    return 'page';
  }
  @Get('public/:name') page(@Param('name') _name: string): string {
    return 'page';
  }
  @NoCors() @Get('private') secret(): string {
    return 'private';
  }
  @Get(':any') any(): string {
    return 'page';
  }
}

/** Any handler, or none. */
const ANSWERERS = /^(?:admin|page|private|[34]\d\d)$/;

const OWNERS: Readonly<Record<string, string>> = { admin: ADMIN, page: PAGES, private: '-' };

/** The advisories about one policy for a route and another for what really answers: the body says who answered. */
describe.each(PLATFORMS)('advisories about routes on %s', (platform) => {
  let app: RunningApp;
  let log: CollectedLog;

  beforeAll(async () => {
    const cors = { default: { origin: 'https://default.example' } };
    app = await startApp(createAdapter(platform), {
      cors,
      controllers: [AdminController, PagesController],
    });
    log = new CollectedLog();
  });

  afterAll(async () => {
    log.silence();
    await app.close();
  });

  /** Who answers, once it is shown that the response and the preflight obey that one's policy. */
  async function answererOf(target: string, port = app.port, method = 'GET'): Promise<string> {
    const plain = await send(port, request('GET', target));
    const owner = plain.status === 200 ? (OWNERS[plain.body] ?? '?') : 'https://default.example';
    const origin = owner === '-' ? APP : owner;
    const actual = await send(port, request(method, target, origin));
    const asked = await send(port, preflight(target, method, origin));
    expect([target, verdict(actual)]).toEqual([target, `${plain.status} ${owner}`]);
    expect([target, verdict(asked)]).toEqual([target, owner === '-' ? '403 -' : `204 ${owner}`]);
    for (const stranger of [ADMIN, PAGES, 'https://default.example'].filter((one) => one !== owner))
      expect(verdict(await send(port, preflight(target, method, stranger)))).toBe('403 -');
    return plain.body in OWNERS ? plain.body : String(plain.status);
  }

  it('CVE-2020-5397: a preflight never reaches a guard', async () => {
    CountingGuard.ran = 0;
    expect(verdict(await send(app.port, preflight('/admin', 'PUT', ADMIN)))).toBe(`204 ${ADMIN}`);
    expect(CountingGuard.ran).toBe(0);
  });

  it('CVE-2024-1681: nothing of a request reaches the log unescaped', async () => {
    log.take();
    await send(app.port, preflight('/admin', 'PUT', 'https://a\tb', 'x\ty'));
    await send(app.port, get('/admin', `https://${'a'.repeat(5000)}`));
    const logged = log.take().join('\n');
    expect(logged).not.toMatch(/[\t\r]|a{500}/);
  });

  it('CVE-2025-69211: an encoded letter', async () => {
    expect(await answererOf('/%61dmin')).toBe(platform === 'fastify' ? 'admin' : 'page');
    expect(await answererOf('/admin/users/%2e')).toBe('admin');
  });

  it('CVE-2026-2293: duplicate slashes, trailing slashes, semicolons', async () => {
    for (const target of [
      '//admin',
      '/admin//',
      '/admin;a=1',
      '/admin/;/users/1',
      '/admin/users//',
    ])
      expect(await answererOf(target)).toMatch(ANSWERERS);
  });

  it('CVE-2026-33011: HEAD is under the policy of GET', async () => {
    expect(await answererOf('/admin', app.port, 'HEAD')).toBe('admin');
    expect(await answererOf('/private', app.port, 'HEAD')).toBe('private');
  });

  it('CVE-2026-54281: a trailing slash, and the route of the root', async () => {
    for (const target of ['/admin/', '/', '//', '/?a=/admin', '/private/'])
      expect(await answererOf(target)).toMatch(ANSWERERS);
  });

  it('GHSA-9c5c-9qcx-q35q: an absolute-form target', async () => {
    expect(await answererOf('http://localhost/admin')).toBe('admin');
    expect(await answererOf('http://evil.test/admin')).toBe('admin');
    for (const target of ['http://evil.test', 'http://evil.test?/admin', 'ftp://evil.test/admin'])
      expect(await answererOf(target)).toMatch(ANSWERERS);
  });

  it('CVE-2024-6866, CVE-2024-6844: case, and plus for a blank', async () => {
    for (const target of ['/Admin', '/ADMIN/users/1', '/public/a+b', '/public/a%20b', '/+admin'])
      expect(await answererOf(target)).toMatch(ANSWERERS);
  });

  it("CVE-2024-6839: the router's match decides, not the length of a pattern", async () => {
    expect(await answererOf('/admin/users/1')).toBe('admin');
    expect(await answererOf('/private')).toBe('private');
    expect(await answererOf('/anything')).toBe('page');
  });

  it('CVE-2020-25032, CVE-2019-18978: dot segments and backslashes', async () => {
    const dotted = ['/public/../private', '/public/%2e%2e/private', '/public/..%2fprivate'];
    const others = ['/./private', '/public/..\\private', '/%5cprivate', '/public//../admin'];
    for (const target of [...dotted, ...others])
      expect(await answererOf(target)).toMatch(ANSWERERS);
    expect(verdict(await send(app.port, get('\\private', PAGES)))).toBe('400 -'); // Node's own
  });

  it("CVE-2020-28481: a stranger's origin is not allowed by any default", async () => {
    expect(verdict(await send(app.port, get('/', EVIL)))).toBe('200 -');
  });
});

describe('advisories about settings of the router', () => {
  it.each(['ignoreTrailingSlash', 'ignoreDuplicateSlashes', 'useSemicolonDelimiter'])(
    'CVE-2026-2293 with %s',
    async (setting) => {
      const adapter = new FastifyAdapter({ routerOptions: { [setting]: true } });
      const app = await startApp(adapter, { cors: {}, controllers: [AdminController] });
      try {
        for (const target of [
          '/admin/',
          '//admin',
          '/admin;x',
          '/admin//users/1',
          '/admin/users/1/',
        ]) {
          const served = verdict(await send(app.port, get(target, ADMIN)));
          const asked = verdict(await send(app.port, preflight(target, 'GET', ADMIN)));
          expect([served, asked]).toEqual(
            served.startsWith('200') ? [`200 ${ADMIN}`, `204 ${ADMIN}`] : ['404 -', '404 -'],
          );
        }
      } finally {
        await app.close();
      }
    },
  );
});
