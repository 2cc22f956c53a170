import { readFileSync, readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import * as library from 'nestjs-cors';

interface Manifest {
  readonly exports: Record<string, string | Record<string, { types: string; default: string }>>;
  readonly types: string;
  readonly typesVersions: { readonly '*': Record<string, readonly string[]> };
  readonly dependencies?: Record<string, string>;
  readonly peerDependencies: Record<string, string>;
  readonly peerDependenciesMeta: Record<string, { optional: boolean }>;
}

const root = process.cwd();
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;

function sourcesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sourcesBelow(path) : [path];
  });
}

/** Packages that a source file names in `from '…'`, `import('…')` or `require('…')`. */
function packagesIn(source: string): string[] {
  const names = [...source.matchAll(/(?:from |import\(|require\()'([@a-z][^']*)'/g)].map(
    ([, name = '']) => name,
  );
  return names.map((name) =>
    name
      .split('/')
      .slice(0, name.startsWith('@') ? 2 : 1)
      .join('/'),
  );
}

describe('the package', () => {
  it('promises these names and no others', () => {
    expect(Object.keys(library).sort()).toEqual([
      'CorsConfigurationError',
      'CorsInspector',
      'CorsInterceptor',
      'CorsLive',
      'CorsModule',
      'CorsPolicy',
      'CorsSourceError',
      'NoCors',
      'PreflightController',
      'fromSource',
    ]);
  });

  it('has no dependencies beyond its peers', () => {
    expect(manifest.dependencies ?? {}).toEqual({});
    const declared = new Set(Object.keys(manifest.peerDependencies));
    const builtins = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]));
    const imported = sourcesBelow(join(root, 'lib')).flatMap((file) =>
      packagesIn(readFileSync(file, 'utf8')),
    );
    const undeclared = [...new Set(imported)].filter(
      (name) => !declared.has(name) && !builtins.has(name),
    );
    expect(undeclared).toEqual([]);
  });

  it('leads every export to a source, in both module systems, and old resolution to the same types', () => {
    const entries = Object.entries(manifest.exports).filter(([name]) => name !== './package.json');
    for (const [name, target] of entries) {
      if (typeof target === 'string') continue;
      expect(Object.keys(target)).toEqual(['import', 'require']);
      for (const { types, default: file } of Object.values(target)) {
        expect(types).toBe(file.replace(/\.js$/, '.d.ts'));
        const source = file.replace(/^\.\/dist\/(?:esm|cjs)\//, 'lib/').replace(/\.js$/, '.ts');
        expect(() => readFileSync(join(root, source))).not.toThrow();
      }
      const { types } = target['require'] ?? { types: 'no require' };
      const old = name === '.' ? [manifest.types] : manifest.typesVersions['*'][name.slice(2)];
      expect(old).toEqual([types]);
    }
  });

  it('has the fields that the build derives from the names of its exports', async () => {
    const { derivedFields } = (await import('../../scripts/build/entries.mjs' as string)) as {
      derivedFields(manifest: Manifest): object;
    };
    expect(manifest).toMatchObject(derivedFields(manifest));
  });
});
