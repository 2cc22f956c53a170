import { run } from '../../../lib/cli/run.js';
import { installed, type Projects } from './support/installed.js';

let projects: Projects;
beforeAll(() => {
  projects = installed();
});
afterAll(() => projects.remove());

describe('exit codes', () => {
  it.each([
    ['no mistakes', ['check', '-m', 'dist/shop.module.js'], 0, 'no mistakes'],
    ['a module made by a call', ['check', '-m', 'dist/made.module.js'], 0, 'no mistakes'],
    ['mistakes', ['check', '-m', 'dist/refused.module.js'], 1, 'unknown-policy'],
    [
      'mistakes, whatever is asked',
      ['routes', '-m', 'dist/refused.module.js'],
      1,
      'unknown-policy',
    ],
    [
      'options that wait for ever',
      ['check', '-m', 'dist/hanging.module.js', '--timeout', '2'],
      2,
      'POLICIES did not settle',
    ],
    [
      'options that throw',
      ['check', '-m', 'dist/failing.module.js'],
      2,
      'CORS_TEST_ORIGIN is not set',
    ],
    ['no CorsModule', ['check', '-m', 'dist/without.module.js'], 2, 'does not import CorsModule'],
  ])('%s', (_what, args, code, said) => {
    const asked = projects.run('esm', args);
    expect({ code: asked.code, said: (asked.out + asked.error).includes(said) || asked }).toEqual({
      code,
      said: true,
    });
  });

  it.each([
    ['no such file', ['check', '-m', 'dist/other.module.js'], 2, 'build the application first'],
    ['no root module', ['check'], 2, 'no root module found'],
    ['no such platform', ['check', '-m', 'package.json', '-p', 'koa'], 2, 'express or fastify'],
    ['no such command', ['rotues'], 2, 'is no command'],
    ['no such option', ['routes', '--fast'], 2, 'Unknown option'],
    ['no time', ['check', '--timeout', '0'], 2, 'number of seconds'],
    ['more time than a timer has', ['check', '--timeout', '3000000'], 2, 'number of seconds'],
    ['no origin', ['explain', 'GET', '/'], 2, '--origin'],
    [
      'an origin with a slash',
      ['explain', 'GET', '/', '--origin', 'https://a.example/'],
      2,
      'slash',
    ],
    ['a host for an origin', ['explain', 'GET', '/', '--origin', 'a.example'], 2, 'scheme'],
    ['no path', ['explain', 'GET', 'a', '--origin', 'https://a.example'], 2, 'a path'],
    ['help', ['--help'], 0, 'Exit codes'],
  ])('%s', async (_what, args, exitCode, said) => {
    const outcome = await run(args);
    expect(outcome).toMatchObject({ exitCode, text: expect.stringContaining(said) });
  });

  it('a variable of the environment that is set is read', () => {
    const checked = projects.run('cjs', ['check', '-m', 'dist/failing.module.js'], {
      CORS_TEST_ORIGIN: 'https://a.example',
    });
    expect(checked.code).toBe(0);
  });
});
