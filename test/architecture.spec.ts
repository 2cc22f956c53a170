import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

/**
 * The rooms of `lib/`, lowest first, and the rooms that each may import, types included. A room may always import itself.
 * `docs/architecture.md` shows the same table.
 */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  'config/issues': ['protocol'],
  config: ['protocol', 'config/issues'],
  paths: ['config', 'config/issues', 'protocol'],
  decorators: ['config', 'config/issues', 'protocol'],
  routes: ['decorators', 'paths', 'config/issues', 'protocol'],
  platform: ['routes', 'protocol'],
  app: ['platform', 'routes', 'decorators', 'paths', 'config', 'config/issues', 'protocol'],
  sockets: ['app', 'platform', 'routes', 'config/issues', 'protocol'],
  /** The manifest as a document: its type, and what can be said about it without an application. */
  'inspect/manifest': ['protocol'],
  inspect: [
    'inspect/manifest',
    'sockets',
    'app',
    'platform',
    'routes',
    'config',
    'config/issues',
    'protocol',
  ],
  export: ['inspect/manifest', 'paths', 'config', 'protocol'],
  /** The command line: the application in preview mode, asked by what is exported anyway. */
  cli: [
    'export',
    'inspect',
    'inspect/manifest',
    'redis',
    'nats',
    'live',
    'app',
    'config',
    'config/issues',
    'protocol',
  ],
  /** Metrics of two kinds, from what is published: they know the type of an event. */
  opentelemetry: ['app'],
  prometheus: ['app'],
  /** The page: what the inspector tells, shown. */
  inspector: [
    'inspect',
    'inspect/manifest',
    'app',
    'decorators',
    'config',
    'config/issues',
    'protocol',
  ],
  live: ['app', 'routes', 'config', 'config/issues', 'protocol'],
  redis: ['live', 'config'],
  nats: ['live', 'config'],
  testing: [],
  /** Nest's faces of the module, which wire the rooms. */
  '.': [
    'sockets',
    'inspect/manifest',
    'inspect',
    'live',
    'app',
    'platform',
    'decorators',
    'config',
    'config/issues',
    'protocol',
  ],
};

/** Of the packaging, and of no room: the package as seen from itself. */
const PACKAGING = 'own-package';

interface Import {
  readonly file: string;
  readonly imported: string;
}

function roomOf(file: string): string {
  const [first = '', second = ''] = file.split('/');
  if (!file.includes('/')) return '.';
  return `${first}/${second}` in ROOMS ? `${first}/${second}` : first;
}

/** Static imports, re-exports, dynamic imports and `import()` types that name a file of ours. */
function importsOf(file: string, source: string): readonly Import[] {
  const specifiers = source.matchAll(/(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g);
  return [...specifiers].map(([, specifier = '']) => ({
    file,
    imported: posix.normalize(posix.join(dirname(file), specifier)).replace(/\.c?js$/, ''),
  }));
}

function violationsIn(imports: readonly Import[]): readonly string[] {
  return imports
    .filter(({ imported }) => imported !== PACKAGING)
    .filter(({ file, imported }) => {
      const [from, to] = [roomOf(file), roomOf(imported)];
      return from !== to && !ROOMS[from]?.includes(to);
    })
    .map(({ file, imported }) => `${file} imports ${imported}`);
}

const FILES = readdirSync('lib', { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.c?ts$/.test(file));
const IMPORTS = FILES.flatMap((file) => importsOf(file, readFileSync(join('lib', file), 'utf8')));

describe('the rooms of lib/', () => {
  it('are those that the table names', () => {
    expect([...new Set(FILES.map(roomOf))].sort()).toEqual(Object.keys(ROOMS).sort());
  });

  it('import nothing but the rooms that they may', () => {
    expect(violationsIn(IMPORTS)).toEqual([]);
  });

  it('stand in no circle', () => {
    const above = (room: string, seen: readonly string[]): readonly string[] => {
      if (seen.includes(room)) return [[...seen, room].join(' → ')];
      return (ROOMS[room] ?? []).flatMap((next) => above(next, [...seen, room]));
    };
    expect(Object.keys(ROOMS).flatMap((room) => above(room, []))).toEqual([]);
  });

  it.each(Object.keys(ROOMS).filter((room) => room !== '.'))(
    'a forbidden import planted in %s is found',
    (room) => {
      const allowed = new Set([room, ...(ROOMS[room] ?? [])]);
      const forbidden = Object.keys(ROOMS).find((other) => !allowed.has(other)) ?? '.';
      const target = forbidden === '.' ? 'cors.module' : `${forbidden}/planted`;
      const specifier = posix.relative(room, target);
      const planted = `import type { Planted } from '${specifier.startsWith('.') ? specifier : `./${specifier}`}.js';`;
      expect(violationsIn(importsOf(`${room}/file.ts`, planted))).toEqual([
        `${room}/file.ts imports ${target}`,
      ]);
    },
  );
});
