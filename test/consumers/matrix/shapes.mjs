// The shapes of applications, most common first. A shape says what is installed, how it is built, what is run, and how it is tested.

const nestPackages = (version) =>
  ['common', 'core', 'platform-express', 'platform-fastify', 'testing'].map(
    (name) => `@nestjs/${name}@${version}`,
  );
const COMMON = ['reflect-metadata@0.2', 'rxjs@7'];

const compilerOptions = {
  target: 'ES2022',
  outDir: 'dist',
  rootDir: 'src',
  emitDecoratorMetadata: true,
  experimentalDecorators: true,
  strict: true,
  skipLibCheck: true,
};
const tsconfig = (options, types) => ({
  compilerOptions: { ...compilerOptions, ...options, types: ['node', ...types] },
  include: ['src'],
});
/** As in Nest's starters up to 11, which know nothing of `exports`. */
const NODE10 = { module: 'commonjs', moduleResolution: 'node', esModuleInterop: true };
const NODENEXT = { module: 'nodenext', moduleResolution: 'nodenext' };
/** Nest 12 is ES modules only; a CommonJS application has them by `require(esm)`. */
const CJS_12 = { module: 'nodenext', moduleResolution: 'nodenext', esModuleInterop: true };

const jestCjs = {
  moduleFileExtensions: ['js', 'json', 'ts'],
  rootDir: 'src',
  testRegex: '.*\\.spec\\.ts$',
  transform: { '^.+\\.(t|j)s$': 'ts-jest' },
  testEnvironment: 'node',
};
const jestEsm = {
  ...jestCjs,
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['ts-jest', { useESM: true }] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
};
const JEST = ['jest@30', 'ts-jest@29', '@types/jest@30'];
const jest = (...flags) => [...flags, 'node_modules/jest/bin/jest.js', '--ci'];
const VM = '--experimental-vm-modules';
const VITEST = ['node_modules/vitest/vitest.mjs', 'run', '--globals', '--dir', 'src'];
const compiler = (...tsc) => ({ tsc, build: [...tsc, '-p', '.'], boot: 'dist/main.js' });
const TSC = compiler('node_modules/typescript/bin/tsc');
/** Yarn's Plug'n'Play has no `node_modules`: what is required goes by its table. */
const PNP = ['-r', './.pnp.cjs'];
const PNP_TSC = `process.argv.splice(1, 0, 'tsc'); require('typescript/lib/tsc.js')`;

/** The defaults of a shape: TypeScript's own compiler, and jest as in the starters. */
function shape(
  name,
  {
    nest,
    isEsm = false,
    typescript = '5.9',
    nodeTypes = 20,
    options,
    packages = [],
    types = ['jest'],
    ...rest
  },
) {
  return {
    name,
    nest,
    isEsm,
    packages: [
      ...nestPackages(nest),
      ...COMMON,
      `typescript@${typescript}`,
      `@types/node@${nodeTypes}`,
      ...packages,
    ],
    ...TSC,
    ...rest,
    files: { 'tsconfig.json': tsconfig(options, types), ...rest.files },
  };
}

/** Optional packages of Nest that bundlers must not look for. */
const NEST_OPTIONAL = [
  '@nestjs/microservices',
  '@nestjs/microservices/microservices-module',
  '@nestjs/websockets',
  '@nestjs/websockets/socket-module',
  '@fastify/multipart',
  '@fastify/static',
  '@fastify/view',
  'class-transformer',
  'class-transformer/storage',
  'class-validator',
];
const webpackConfig = `
const { IgnorePlugin } = require('webpack');
const optional = ${JSON.stringify(NEST_OPTIONAL)};
module.exports = (options) => ({
  ...options,
  externals: [],
  plugins: [...options.plugins, new IgnorePlugin({ checkResource: (resource) => optional.includes(resource) })],
});
`;
const NEST_CLI = { sourceRoot: 'src', entryFile: 'main' };
const cli = (...args) => ['node_modules/@nestjs/cli/bin/nest.js', 'build', ...args];

/** A script that bundles what the compiler made. */
const esbuild = (options) => `
import { build } from 'esbuild';
const external = ${JSON.stringify(NEST_OPTIONAL)};
const options = ${JSON.stringify(options)};
await build({ entryPoints: ['dist/main.js'], bundle: true, platform: 'node', logLevel: 'error', external, ...options });
`;
const rolldown = (output) => `
import { rolldown } from 'rolldown';
const external = ${JSON.stringify(NEST_OPTIONAL)};
const bundle = await rolldown({ input: 'dist/main.js', platform: 'node', external, logLevel: 'silent' });
await bundle.write(${JSON.stringify(output)});
`;
/** ES modules have no `require`, which bundled CommonJS files ask for. */
const REQUIRE = `import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);`;

const NEIGHBOURS = `
  helmet@8 compression@1 express-session@1 passport@0.7 @nestjs/throttler@6
  @nestjs/serve-static@5 @nestjs/swagger@11 nestjs-pino@4 pino@9 pino-http@10
  @nestjs/graphql@13 @nestjs/apollo@13 @nestjs/mercurius@13 mercurius@16 graphql@16
  @apollo/server@5 @as-integrations/express5@1 @fastify/static@8 @fastify/helmet@13 @fastify/compress@8
  @fastify/multipart@9 @fastify/cookie@11 @fastify/session@11 @types/compression@1 @types/express-session@1
  @types/passport@1 ts-morph@27 multer@2
`
  .trim()
  .split(/\s+/);

export const shapes = [
  shape('Nest 11, CommonJS, jest', {
    nest: 11,
    options: NODE10,
    packages: [...JEST, 'esbuild@0.28'],
    files: {
      'jest.config.json': jestCjs,
      'bundle.mjs': esbuild({ format: 'cjs', outfile: 'one/main.js' }),
    },
    test: jest(),
    oneFiles: [{ by: 'esbuild', step: ['bundle.mjs'], file: 'one/main.js' }],
    small: true,
  }),
  shape('Nest 10, CommonJS, jest', {
    nest: 10,
    typescript: '5.4',
    options: NODE10,
    packages: JEST,
    files: { 'jest.config.json': jestCjs },
    test: jest(),
    small: true,
  }),
  shape('Nest 12, ES modules, vitest', {
    nest: 12,
    isEsm: true,
    typescript: '6.0',
    options: NODENEXT,
    packages: ['vitest@4', 'esbuild@0.28', 'rolldown@1'],
    types: ['vitest/globals'],
    files: {
      'bundle.mjs': esbuild({ format: 'esm', outfile: 'one/main.mjs', banner: { js: REQUIRE } }),
      'rolldown.mjs': rolldown({ format: 'esm', file: 'rolled/main.mjs', codeSplitting: false }),
    },
    oneFiles: [
      { by: 'esbuild', step: ['bundle.mjs'], file: 'one/main.mjs' },
      { by: 'rolldown', step: ['rolldown.mjs'], file: 'rolled/main.mjs' },
    ],
    sources: ['vitest/matchers.test.ts'],
    test: VITEST,
    small: true,
  }),
  // The newest of each. TypeScript 7 is another program, and vitest 5 declares its matchers otherwise.
  shape('Nest 12, ES modules, TypeScript 7, vitest 5', {
    nest: 12,
    isEsm: true,
    typescript: '7',
    nodeTypes: 26,
    options: NODENEXT,
    packages: ['vitest@5'],
    types: ['vitest/globals'],
    sources: ['vitest/matchers.test.ts'],
    test: VITEST,
  }),
  shape('Nest 11, CommonJS, with tldts', {
    nest: 11,
    options: NODE10,
    packages: [...JEST, 'tldts@7'],
    files: { 'jest.config.json': jestCjs },
    test: jest(),
  }),
  shape('Nest 11, ES modules, jest', {
    nest: 11,
    isEsm: true,
    options: NODENEXT,
    packages: JEST,
    files: { 'jest.config.json': jestEsm },
    test: jest(VM),
  }),
  shape('Nest 12, ES modules, jest', {
    nest: 12,
    isEsm: true,
    typescript: '6.0',
    options: { ...NODENEXT, isolatedModules: true },
    packages: JEST,
    files: { 'jest.config.json': jestEsm },
    test: jest(VM),
  }),
  shape('Nest 12, CommonJS, jest', {
    nest: 12,
    typescript: '6.0',
    options: CJS_12,
    packages: JEST,
    files: { 'jest.config.json': jestCjs },
    test: jest(VM),
  }),
  shape('Nest 11, SWC', {
    nest: 11,
    options: NODE10,
    packages: [...JEST, '@nestjs/cli@11', '@nestjs/schematics@11', '@swc/cli', '@swc/core'],
    files: { 'nest-cli.json': NEST_CLI },
    build: cli('-b', 'swc'),
    // Since 0.8 @swc/cli keeps the folder of the sources.
    boot: 'dist/src/main.js',
  }),
  shape('Nest 11, webpack', {
    nest: 11,
    options: NODE10,
    packages: [...JEST, '@nestjs/cli@11', '@nestjs/schematics@11', 'ts-loader@9', 'webpack@5'],
    files: { 'nest-cli.json': NEST_CLI, 'one-file.config.js': webpackConfig },
    build: cli('--webpack'),
    oneFiles: [
      {
        by: 'webpack without externals',
        step: cli('--webpack', '--webpackPath', 'one-file.config.js'),
        file: 'dist/main.js',
      },
    ],
  }),
  shape('Nest 11, ncc', {
    nest: 11,
    options: NODE10,
    packages: ['@vercel/ncc', ...JEST],
    oneFiles: [
      {
        by: 'ncc',
        step: [
          'node_modules/@vercel/ncc/dist/ncc/cli.js',
          'build',
          'dist/main.js',
          '-o',
          'one',
          ...NEST_OPTIONAL.flatMap((name) => ['-e', name]),
        ],
        file: 'one/index.js',
      },
    ],
  }),
  shape('Nest 11, pnpm', {
    nest: 11,
    options: NODE10,
    packages: JEST,
    manager: 'pnpm',
    files: { 'jest.config.json': jestCjs },
    test: jest(),
  }),
  shape("Nest 11, yarn Plug'n'Play", {
    nest: 11,
    options: NODE10,
    packages: ['tslib@2', '@types/jest@30'],
    manager: 'yarn',
    ...compiler(...PNP, '-e', PNP_TSC, '--'),
    flags: PNP,
    files: { '.yarnrc.yml': 'nodeLinker: pnp\nenableGlobalCache: false\n', 'yarn.lock': '' },
  }),
  shape('Nest 11, a workspace of a monorepo', {
    nest: 11,
    options: NODE10,
    packages: JEST,
    workspace: 'apps/api',
    ...compiler('../../node_modules/typescript/bin/tsc'),
    files: { 'jest.config.json': jestCjs },
    test: ['../../node_modules/jest/bin/jest.js', '--ci'],
  }),
  shape('Nest 11, beside popular modules', {
    nest: 11,
    options: NODE10,
    packages: [...JEST, ...NEIGHBOURS],
    // Of Nest 11's own packages two ask for another @fastify/static than the third.
    peers: ['--legacy-peer-deps'],
    neighbours: 'neighbours/popular.ts',
    files: { 'public/hello.txt': 'hello' },
  }),
  shape('Nest 11, serverless', {
    nest: 11,
    options: NODE10,
    packages: [
      ...JEST,
      '@codegenie/serverless-express@5',
      '@fastify/aws-lambda@6',
      '@types/aws-lambda@8',
    ],
    sources: ['lambda/lambda.ts'],
    boot: 'dist/lambda.js',
  }),
];
