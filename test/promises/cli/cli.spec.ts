import type { CorsManifest } from 'nestjs-cors';
import { type Format, installed, type Projects } from './support/installed.js';
import type { LivingCommandLine } from './support/living.js';
import { SHOP, shop } from './support/shop.js';

const FORMATS: readonly Format[] = ['esm', 'cjs'];
const PLATFORMS = ['express', 'fastify'];

let projects: Projects;
beforeAll(() => {
  projects = installed();
});
afterAll(() => projects.remove());

describe.each(FORMATS)(
  'the command line on an application whose database is not there, %s',
  (format) => {
    it.each(PLATFORMS)('shows its routes on %s', (platform) => {
      const { code, out, error } = shop(projects, format, 'routes', '--platform', platform);
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
      const { code, out, error } = projects.run(format, args);
      expect({ code, error, routes: JSON.parse(out) as unknown }).toEqual({
        code: 0,
        error: 'printed while it is imported\n',
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

    let commandLine: LivingCommandLine;
    beforeAll(() => {
      commandLine = projects.living(format);
    });
    afterAll(() => commandLine.close());

    it.each([
      ['get', 'https://partner.example', 0, '200|204'],
      ['get', 'https://stranger.example', 1, 'origin-denied'],
      ['post', 'https://partner.example', 1, 'no-policy'],
    ])('explains %s from %s with exit code %s', async (method, origin, code, said) => {
      const asked = ['explain', method, '/api/orders', '--origin', origin];
      const explained = await commandLine.run([...asked, ...SHOP]);
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
