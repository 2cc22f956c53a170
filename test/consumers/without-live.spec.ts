import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from '../support/built.js';

beforeAll(ensureBuilt);

/** Files that a process has loaded after it started an application: nothing live among them where there is no `live`. */
function loadedWith(options: string): readonly string[] {
  const program = `
    require('reflect-metadata');
    const { Module } = require('@nestjs/common');
    const { NestFactory } = require('@nestjs/core');
    const { CorsModule, fromSource } = require(${JSON.stringify(join(process.cwd(), 'dist/cjs/index.js'))});
    class Root {}
    Module({ imports: [CorsModule.forRoot(${options})] })(Root);
    (async () => {
      const app = await NestFactory.create(Root, { logger: false });
      await app.init();
      console.log(JSON.stringify(Object.keys(require.cache)));
      process.exit();
    })();`;
  const out = execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' });
  return JSON.parse(out) as string[];
}

const isLive = (file: string): boolean =>
  /[\\/]dist[\\/]/.test(file) && readFileSync(file, 'utf8').includes('class LivePolicies');
const isClient = (file: string): boolean => /node_modules[\\/](?:ioredis|@nats-io)[\\/]/.test(file);

it('an application without live policies loads nothing of theirs', () => {
  const loaded = loadedWith(`{ default: { origin: 'https://app.example' } }`);
  expect(loaded.filter((file) => isLive(file) || isClient(file))).toEqual([]);
});

it('and one with them does, but no client of a store', () => {
  const read = `async () => ({ format: 1, revision: 1, policies: { a: { origin: false } } })`;
  const live = `{ source: { name: 'memory', read: ${read} } }`;
  const loaded = loadedWith(`{ policies: { a: { origin: fromSource() } }, live: ${live} }`);
  expect({ live: loaded.some(isLive), clients: loaded.filter(isClient) }).toEqual({
    live: true,
    clients: [],
  });
});
