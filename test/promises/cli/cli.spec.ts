import { writeFileSync } from 'node:fs';
import type { CorsManifest } from 'nestjs-cors';
import { run } from '../../../lib/cli/run.js';
import { type Format, installed, type Projects, type Run } from './support/installed.js';

const FORMATS: readonly Format[] = ['esm', 'cjs'];
const PLATFORMS = ['express', 'fastify'];

let projects: Projects;
beforeAll(() => {
  projects = installed();
});
afterAll(() => projects.remove());

/** The shop, whose database takes for ever, or refuses; compiled or as it was written. */
function shop(format: Format, ...args: readonly string[]): Run {
  return projects.run(format, [
    ...args,
    '--configure',
    'dist/shop.module.js',
    '--module',
    'dist/shop.module.js',
  ]);
}

describe.each(FORMATS)(
  'the command line on an application whose database is not there, %s',
  (format) => {
    it.each(PLATFORMS)('shows its routes on %s', (platform) => {
      const { code, out, error } = shop(format, 'routes', '--platform', platform);
      expect({
        code,
        lines: out
          .trim()
          .split('\n')
          .map((line) => line.replaceAll(/ +/g, ' ')),
      }).toEqual({
        code: 0,
        lines: [
          'METHOD PATH HANDLER POLICY',
          'GET /api/orders OrdersController.list partners',
          'POST /api/orders OrdersController.create @NoCors()',
          'ANY anything else default app',
        ],
      });
      expect(error).toBe('printed while it is imported\n');
    });

    it('reads TypeScript, decorators and all, and files that it names as JavaScript', () => {
      const args = [
        'routes',
        '--json',
        '--module',
        'src/shop.module.ts',
        '--configure',
        'src/shop.module.ts',
      ];
      const { code, out } = projects.run(format, args);
      expect({ code, routes: JSON.parse(out) as unknown }).toEqual({
        code: 0,
        routes: [
          {
            method: 'GET',
            path: '/api/orders',
            handler: 'OrdersController.list',
            policy: 'partners',
          },
          {
            method: 'POST',
            path: '/api/orders',
            handler: 'OrdersController.create',
            policy: '@NoCors()',
          },
        ],
      });
    });

    it.each([
      ['get', 'https://partner.example', 0, '200|204'],
      ['get', 'https://stranger.example', 1, 'origin-denied'],
      ['post', 'https://partner.example', 1, 'no-policy'],
    ])('explains %s from %s with exit code %s', (method, origin, code, said) => {
      const explained = shop(format, 'explain', method, '/api/orders', '--origin', origin);
      expect(explained).toMatchObject({ code, out: expect.stringMatching(said) });
    });

    it('has the same manifest, whatever it is loaded from', () => {
      const [compiled, written] = ['dist/shop.module.js', 'src/shop.module.ts'].map((file) =>
        projects.run(format, ['manifest', '--service', 'shop', '--module', file]),
      );
      expect(compiled).toEqual(written);
      const { service, policies } = JSON.parse(compiled?.out ?? '') as CorsManifest;
      expect({ service, partners: policies['partners']?.origin }).toEqual({
        service: 'shop',
        partners: ['https://partner.example'],
      });
    });
  },
);

describe('exit codes', () => {
  it.each([
    ['no mistakes', ['check', '-m', 'dist/shop.module.js'], 0, 'no mistakes'],
    ['a module made by a call', ['check', '-m', 'dist/made.module.js'], 0, 'no mistakes'],
    ['mistakes', ['check', '-m', 'dist/refused.module.js'], 1, 'unknown-policy'],
    [
      'mistakes, whatever is asked',
      ['routes', '-m', 'dist/refused.module.js'],
      1,
      'unknown-policy',
    ],
    [
      'options that wait for ever',
      ['check', '-m', 'dist/hanging.module.js', '--timeout', '2'],
      2,
      'POLICIES did not settle',
    ],
    [
      'options that throw',
      ['check', '-m', 'dist/failing.module.js'],
      2,
      'CORS_TEST_ORIGIN is not set',
    ],
    ['no CorsModule', ['check', '-m', 'dist/without.module.js'], 2, 'does not import CorsModule'],
  ])('%s', (_what, args, code, said) => {
    const asked = projects.run('esm', args);
    expect({ code: asked.code, said: (asked.out + asked.error).includes(said) || asked }).toEqual({
      code,
      said: true,
    });
  });

  it.each([
    ['no such file', ['check', '-m', 'dist/other.module.js'], 2, 'build the application first'],
    ['no root module', ['check'], 2, 'no root module found'],
    ['no such platform', ['check', '-m', 'package.json', '-p', 'koa'], 2, 'express or fastify'],
    ['no such command', ['rotues'], 2, 'is no command'],
    ['no such option', ['routes', '--fast'], 2, 'Unknown option'],
    ['no time', ['check', '--timeout', '0'], 2, 'number of seconds'],
    ['more time than a timer has', ['check', '--timeout', '3000000'], 2, 'number of seconds'],
    ['no origin', ['explain', 'GET', '/'], 2, '--origin'],
    [
      'an origin with a slash',
      ['explain', 'GET', '/', '--origin', 'https://a.example/'],
      2,
      'slash',
    ],
    ['a host for an origin', ['explain', 'GET', '/', '--origin', 'a.example'], 2, 'scheme'],
    ['no path', ['explain', 'GET', 'a', '--origin', 'https://a.example'], 2, 'a path'],
    ['help', ['--help'], 0, 'Exit codes'],
  ])('%s', async (_what, args, exitCode, said) => {
    const outcome = await run(args);
    expect(outcome).toMatchObject({ exitCode, text: expect.stringContaining(said) });
  });

  it('a variable of the environment that is set is read', () => {
    const checked = projects.run('cjs', ['check', '-m', 'dist/failing.module.js'], {
      CORS_TEST_ORIGIN: 'https://a.example',
    });
    expect(checked.code).toBe(0);
  });
});

describe('nestjs-cors diff', () => {
  it('names what is wider, with a witness, and exits with 1; with 0 where nothing is', () => {
    const before = shop('esm', 'manifest').out;
    const after = before.replace(
      '"https://partner.example"',
      '"https://*.partner.example", "https://partner.example"',
    );
    const [old, fresh] = [projects.file('before.json'), projects.file('after.json')];
    writeFileSync(old, before);
    writeFileSync(fresh, after);
    expect(projects.run('esm', ['diff', old, old])).toMatchObject({ code: 0 });
    expect(shop('esm', 'diff', old)).toMatchObject({ code: 0 });
    expect(projects.run('esm', ['diff', old, fresh])).toMatchObject({
      code: 1,
      out: expect.stringContaining(
        'WIDER  GET /api/orders  (partners → partners, OrdersController)',
      ),
    });
    const differences = JSON.parse(
      projects.run('esm', ['diff', '--json', old, fresh]).out,
    ) as unknown;
    expect(differences).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ verdict: 'wider', witness: 'https://a.partner.example' }),
      ]),
    );
  });

  it('refuses what is no manifest', () => {
    const file = projects.file('other.json');
    writeFileSync(file, '{}');
    expect(projects.run('esm', ['diff', file, file])).toMatchObject({ code: 2 });
  });
});
