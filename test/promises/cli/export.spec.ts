import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CorsExport, type CorsManifest, exportPolicies } from 'nestjs-cors/export';
import { run } from '../../../lib/cli/run.js';
import { manifestOf } from '../edge/support/shop.js';

describe('nestjs-cors export', () => {
  let folder: string;
  let file: string;
  let out: string;
  let manifest: CorsManifest;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'nestjs-cors-export-'));
    [file, out] = [join(folder, 'cors.json'), join(folder, 'edge')];
    manifest = await manifestOf();
    write(manifest);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function write(changed: CorsManifest): void {
    writeFileSync(file, JSON.stringify(changed));
  }

  it.each(['nginx', 'haproxy', 'caddy'] as const)(
    'writes the files of %s, for the addresses that are given',
    async (target) => {
      const addresses = ['--listen', '127.0.0.1:80', '--upstream', 'shop:3000'];
      const { exitCode, text } = await run([
        'export',
        file,
        '--target',
        target,
        '--out',
        out,
        ...addresses,
      ]);
      const expected = exportPolicies(manifest, {
        target,
        listen: '127.0.0.1:80',
        upstream: 'shop:3000',
      });
      const files = Object.fromEntries(
        readdirSync(out).map((name) => [name, readFileSync(join(out, name), 'utf8')]),
      );
      expect({ exitCode, files }).toEqual({ exitCode: 0, files: expected.files });
      expect(text).toContain(`start with ${join(out, expected.main)}`);
    },
  );

  it('prints the files where no folder is given, and as JSON what the function returns', async () => {
    const { text, json } = await run(['export', file, '--target', 'nginx']);
    expect(text).toContain('# cors-location.conf\n');
    expect(json).toEqual(exportPolicies(manifest, { target: 'nginx' }));
  });

  it('writes nothing where something would be wider, until it is accepted', async () => {
    write({ ...manifest, live: { source: 'tenants', revision: 7 } });
    const args = ['export', file, '--target', 'nginx', '--out', out];
    const refused = await run(args);
    expect([refused.exitCode, existsSync(out)]).toEqual([1, false]);
    expect((refused.json as CorsExport).losses).toEqual([
      expect.objectContaining({ code: 'live', effect: 'wider' }),
    ]);
    const accepted = await run([...args, '--accept', 'live']);
    expect([accepted.exitCode, existsSync(out)]).toEqual([0, true]);
    expect(accepted.text).toContain('# wider: live:');
  });

  it.each([
    ['no target', ['export', 'cors.json']],
    ['an unknown target', ['export', 'cors.json', '--target', 'apache']],
    ['a file that is not there', ['export', 'nowhere.json', '--target', 'nginx']],
  ])('does not run with %s', async (_name, args) => {
    expect((await run(args)).exitCode).toBe(2);
  });
});
