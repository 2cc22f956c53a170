import { AssetsModule, serveOnExpress, serveOnFastify } from '../../sample/recipes/static-files.js';
import type { INestApplication } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PlatformName } from '../support/platforms.js';
import { describeRecipe } from './support/recipe.js';

const root = mkdtempSync(join(tmpdir(), 'nestjs-cors-assets-'));
mkdirSync(join(root, 'private'));
writeFileSync(join(root, 'font.woff2'), 'a font');
writeFileSync(join(root, 'private', 'plan.pdf'), 'a plan');

function configure(app: INestApplication, platform: PlatformName): void {
  if (platform === 'express') serveOnExpress(app as NestExpressApplication, root);
  else serveOnFastify(app as NestFastifyApplication, root);
}

describe('static files', () => {
  afterAll(() => rmSync(root, { recursive: true }));

  describeRecipe(
    AssetsModule,
    (recipe) => {
      const font = (path: string) => recipe.web.page('https://any.example').fetch(path);

      it('can be read by everybody', async () => {
        const result = await font('/assets/font.woff2');
        expect(result).toBeReadable();
        expect(result.allowed && (await result.text())).toBe('a font');
      });

      it('can be read by nobody else where the entry says false', async () => {
        const result = await font('/assets/private/plan.pdf');
        expect(result).toBeBlocked();
        expect(result.exchange.map(({ status }) => status)).toEqual([200]);
      });

      it('a file that is missing is a readable 404', async () => {
        expect(await font('/assets/none')).toMatchObject({ allowed: true, status: 404 });
      });
    },
    { configure },
  );
});
