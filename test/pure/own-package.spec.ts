import { createRequire } from 'node:module';
import { runInNewContext } from 'node:vm';
import ownPackage from '../../lib/own-package.cjs';

const { isAbsent, tldts } = ownPackage as {
  isAbsent(error: unknown, name: string): boolean;
  tldts(): unknown;
};

function thrownBy(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}

const said = (message: string, code?: string): Error => Object.assign(new Error(message), { code });

/** Loaders, and what each of them says of a package that is not installed. */
const absent: readonly [string, unknown, string][] = [
  ['Node, require', thrownBy(() => createRequire(import.meta.url)('no-such')), 'no-such'],
  [
    'Node, import',
    said("Cannot find package 'tldts' imported from /app/x.js", 'ERR_MODULE_NOT_FOUND'),
    'tldts',
  ],
  [
    'another realm',
    runInNewContext(
      `Object.assign(new Error("Cannot find module 'tldts'"), { code: 'MODULE_NOT_FOUND' })`,
    ),
    'tldts',
  ],
  ['jest', said("Cannot find module 'tldts' from 'dist/cjs/x.js'", 'MODULE_NOT_FOUND'), 'tldts'],
  ['webpack', said("Cannot find module 'tldts'", 'MODULE_NOT_FOUND'), 'tldts'],
  [
    "Yarn Plug'n'Play",
    said(
      "nestjs-cors tried to access tldts (a peer dependency) but it isn't provided by your application; this makes the require call ambiguous and unsound.\n\nRequired package: tldts",
      'MODULE_NOT_FOUND',
    ),
    'tldts',
  ],
  ['esbuild', said('Dynamic require of "tldts" is not supported'), 'tldts'],
  ['rollup', said('Could not dynamically require "tldts". Please configure the plugin'), 'tldts'],
  [
    'Node, a scope',
    said("Cannot find module '@nats-io/kv'\nRequire stack:\n- /app/x.js", 'MODULE_NOT_FOUND'),
    '@nats-io/kv',
  ],
];

const present: readonly [string, unknown][] = [
  ['misses a package of its own', said("Cannot find module 'tldts-core'", 'MODULE_NOT_FOUND')],
  ['is named in a stack', said("Cannot find module 'x'\n- tldts", 'MODULE_NOT_FOUND')],
  [
    'lost its files',
    said("Cannot find module '/app/node_modules/tldts/dist/index.js'", 'MODULE_NOT_FOUND'),
  ],
  ['does not parse', new SyntaxError("Unexpected token in 'tldts'")],
  ['throws no Error', 'tldts'],
  ['throws nothing', undefined],
];

describe('an optional package', () => {
  it.each(absent)('is absent by the words of %s', (_loader, error, name) => {
    expect(isAbsent(error, name)).toBe(true);
  });

  it.each(present)('is not absent when it %s', (_fault, error) => {
    expect(isAbsent(error, 'tldts')).toBe(false);
  });

  it('is loaded where it is installed', () => {
    expect(tldts()).toHaveProperty('getPublicSuffix');
  });
});
