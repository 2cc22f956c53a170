import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ensureBuilt } from '../support/built.js';
import { brokenLinks } from './support/links.js';

/** Bytes. Most of it is code (136 kB), guides and sources that "go to definition" leads to (45 kB each), declarations (20 kB). */
const MOST_PACKED = 290_000;
const MOST_CODE = 150_000;

const folder = mkdtempSync(join(tmpdir(), 'nestjs-cors-packed-'));
const unpacked = join(folder, 'package');
let tarball = '';

beforeAll(() => {
  ensureBuilt();
  const options = { encoding: 'utf8' } as const;
  const args = ['pack', '--silent', '--pack-destination', folder];
  tarball = join(folder, execFileSync('npm', args, options).trim());
  execFileSync('tar', ['-xzf', tarball, '-C', folder]);
});

afterAll(() => rmSync(folder, { recursive: true }));

function filesEnding(ending: string): readonly string[] {
  const all = readdirSync(unpacked, { recursive: true, encoding: 'utf8' });
  return all.filter((file) => file.endsWith(ending)).map((file) => join(unpacked, file));
}

/** The words of a checker about the tarball; none where it finds nothing. */
function complaints(command: string, ...args: readonly string[]): string {
  const path = join('node_modules/.bin', command);
  const { status, stdout, stderr } = spawnSync(path, args, { encoding: 'utf8' });
  return status === 0 ? '' : `${stdout}${stderr}`;
}

describe('the packed package', () => {
  it('is no larger than it has to be', () => {
    const code = filesEnding('.code.js').map((file) => readFileSync(file, 'utf8'));
    expect(gzipSync(code.join(''), { level: 9 }).length).toBeLessThan(MOST_CODE);
    expect(statSync(tarball).size).toBeLessThan(MOST_PACKED);
  });

  it('loads in every module system, and has types under every resolution', () => {
    expect(complaints('publint', 'run', tarball, '--strict')).toBe('');
    expect(complaints('attw', tarball, '--no-color')).toBe('');
  });

  it("imports none of Node's own modules as ES modules: node:http would load undici", () => {
    const faces = filesEnding('.js').filter((file) => file.includes(join('dist', 'esm')));
    expect(faces.length).toBeGreaterThan(10);
    const importing = faces.filter((file) => readFileSync(file, 'utf8').includes("from 'node:"));
    expect(importing).toEqual([]);
  });

  it('has whatever its documents link to', () => {
    const documents = filesEnding('.md');
    expect(documents.length).toBeGreaterThan(10);
    expect(documents.flatMap((file) => brokenLinks(file))).toEqual([]);
  });

  it('has the documents that its messages name', () => {
    const named = filesEnding('.js').flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\bdocs\/[a-z]+\.md/g)].map(([path]) => path),
    );
    expect(new Set(named)).toContain('docs/errors.md');
    expect([...new Set(named)].filter((path) => !existsSync(join(unpacked, path)))).toEqual([]);
  });

  it('names no source map that is not there', () => {
    const mapped = filesEnding('.js').flatMap((file) => {
      const [, map] = /^\/\/# sourceMappingURL=(.+)$/m.exec(readFileSync(file, 'utf8')) ?? [];
      return map === undefined ? [] : [join(dirname(file), map)];
    });
    expect(mapped.filter((map) => !existsSync(map))).toEqual([]);
  });

  it('leads from every declaration to TypeScript', () => {
    const declarations = filesEnding('.d.ts').filter((file) => file.includes('cjs'));
    expect(declarations.filter((file) => !existsSync(`${file}.map`))).toEqual([]);
    const sources = filesEnding('.d.ts.map').flatMap((file) => {
      const map = JSON.parse(readFileSync(file, 'utf8')) as { readonly sources: readonly string[] };
      return map.sources.map((source) => join(dirname(file), source));
    });
    expect(sources.length).toBeGreaterThan(declarations.length);
    expect(sources.filter((file) => !file.endsWith('.ts') || file.endsWith('.d.ts'))).toEqual([]);
    expect(sources.filter((file) => !existsSync(file))).toEqual([]);
  });

  it('declares nothing that is internal', () => {
    const text = readFileSync(join(unpacked, 'dist/cjs/index.d.ts'), 'utf8');
    const [, exported = ''] = /export \{ ([^}]*) \}/.exec(text) ?? [];
    const classes = [...text.matchAll(/^declare class (\w+)/gm)].map(([, name = '']) => name);
    expect(classes.filter((name) => !exported.split(', ').includes(name))).toEqual([]);
    expect(classes.length).toBeGreaterThan(5);
  });
});
