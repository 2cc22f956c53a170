import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A hook that is registered while a file is loaded: a worker loads it once, so that only the first suite would have it. */
const HOOK_AT_LOAD = /^(?:before|after)(?:Each|All)\(/m;

const SHARED = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
  .filter((file) => !file.startsWith('consumers/'));

describe('files that suites share', () => {
  it('register no hook when they are loaded', () => {
    const registering = SHARED.filter((file) =>
      HOOK_AT_LOAD.test(readFileSync(join('test', file), 'utf8')),
    );
    expect(registering).toEqual([]);
    expect(HOOK_AT_LOAD.test('const a = 1;\nafterEach(() => a);\n')).toBe(true);
  });
});
