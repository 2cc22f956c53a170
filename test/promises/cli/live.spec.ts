import { run as runHere } from '../../../lib/cli/run.js';
import { lists, type LiveProject, liveProject } from './support/live-project.js';

const A = 'https://a.tenant.example';

let project: LiveProject;
beforeAll(() => {
  project = liveProject();
});
afterAll(() => project.remove());

describe('nestjs-cors live status of the own source', () => {
  it.each([
    ['a good state', { tenants: { origin: [A] } }, 0, 'The application accepts it'],
    ['a bad state', { tenants: { origin: [] } }, 1, 'refused: live.tenants.origin'],
  ])('tells of %s', async (_what, policies, code, said) => {
    const state = JSON.stringify({ format: 1, revision: 3, policies });
    const status = await project.run(['live', 'status'], { CORS_TEST_STATE: state });
    expect(status).toMatchObject({ code, out: expect.stringContaining(said) });
    expect(status.out).toMatch(/^source {4}a table\nrevision {2}3\n/);
  });

  it.each([
    ['no state', { CORS_TEST_STATE: 'null' }, 1, 'the store has no state'],
    ['no answer', {}, 2, 'a table does not answer: connection refused'],
  ])('tells of %s', async (_what, environment: Record<string, string>, code, said) => {
    const { out, error, ...status } = await project.run(['live', 'status'], environment);
    expect({ ...status, said: out + error }).toEqual({ code, said: expect.stringContaining(said) });
  });
});

describe('every other command', () => {
  it.each([['routes'], ['check'], ['manifest'], ['explain', 'GET', '/orders', '--origin', A]])(
    'reads no source: %s',
    async (...args) => {
      // Live policies allow nobody here, which `explain` finds.
      const { code, error } = await project.run(args);
      expect({ code, error }).toEqual({ code: args[0] === 'explain' ? 1 : 0, error: '' });
    },
  );
});

const NOBODY = ['--store', 'redis://127.0.0.1:1', '--key', 'shop'];

describe('lists that the application refuses', () => {
  it.each([
    ['an origin with a path', lists(A, 'https://x.example/'), 'live.tenants.origin[1]'],
    ['an empty list', lists(), 'missing-origin'],
    ['a policy of the code', { ...lists(A), app: { origin: [A] } }, 'unknown-policy'],
    ['an option of the code', { tenants: { origin: [A], credentials: false } }, 'unknown-option'],
  ])('are found before any store is looked for: %s', async (_what, policies, said) => {
    const { code, out } = await project.run(['publish', project.file(policies), ...NOBODY]);
    expect({ code, out }).toEqual({ code: 1, out: expect.stringContaining(said) });
  });
});

describe('a project without the client of a store', () => {
  const LIVE = ['-m', 'dist/live.module.js'];
  it.each([
    [['publish', 'tsconfig.json', ...NOBODY], 'npm install ioredis'],
    [['live', 'status', ...NOBODY], 'npm install ioredis'],
    [
      ['live', 'status', '--store', 'nats://127.0.0.1:1', '--bucket', 'cors', '--key', 'shop'],
      'npm install @nats-io/transport-node @nats-io/kv',
    ],
  ])('%j says what to install', (args, said) => {
    const given = args.map((arg) => (arg === 'tsconfig.json' ? project.file(lists(A)) : arg));
    const { code, error } = project.runAlone([...given, ...LIVE]);
    expect({ code, error }).toEqual({ code: 2, error: expect.stringContaining(said) });
  });

  it('has every other command', () => {
    expect(project.runAlone(['check', ...LIVE])).toMatchObject({ code: 0 });
  });
});

describe('a command line about live policies that is wrong', () => {
  it.each([
    ['no lists', ['publish'], 'publish <lists.json>'],
    ['no such file', ['publish', 'none.json', ...NOBODY], 'none.json cannot be read'],
    ['no JSON', ['publish', 'README.md', ...NOBODY], 'README.md is no JSON'],
    ['no store', ['publish', 'package.json'], '--store redis://'],
    ['no such store', ['live', 'status', '--store', 'amqp://x', '--key', 'a'], '--store redis://'],
    ['no key', ['live', 'status', '--store', 'redis://x'], '--key shop:cors'],
    ['no bucket', ['live', 'status', '--store', 'nats://x', '--key', 'a'], '--bucket cors'],
    ['no such part', ['live', 'stats'], 'live status'],
    [
      'no revision',
      ['publish', 'package.json', ...NOBODY, '--expected', 'last'],
      '--expected last',
    ],
  ])('%s', async (_what, args, said) => {
    expect(await runHere(args)).toMatchObject({
      exitCode: 2,
      text: expect.stringContaining(said),
    });
  });

  it('nothing live', async () => {
    const { code, error } = await project.run(['live', 'status'], {}, 'dist/made.module.js');
    expect({ code, error }).toEqual({
      code: 2,
      error: expect.stringContaining('no live policies'),
    });
  });
});
