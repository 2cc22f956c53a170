import { createHash } from 'node:crypto';
import { mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KnownGood } from '../../../../lib/live/known-good.js';
import { parseState } from '../../../../lib/live/parse-state.js';
import { fc } from '../../../support/fast-check.js';
import { PLATFORMS } from '../../../support/platforms.js';
import { until } from '../../../support/until.js';
import { A, B } from '../support/live-app.js';
import { down, MemorySource, state } from '../support/memory-source.js';
import { starting } from '../support/starting.js';

/** The bytes before the state. */
const header = (body: string): string =>
  `nestjs-cors live 1 sha256:${createHash('sha256').update(body).digest('hex')}\n`;

/** A state that the code takes. */
const ONE = { tenants: { origin: [A] } };

const bodyOf = (text: string): string => text.slice(text.indexOf('\n') + 1);

describe.each(PLATFORMS)('live policies on %s', (platform) => {
  const start = starting(platform);
  let folder = '';

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cors-live-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  // Rule 17
  it('start from the last known good file where nobody answers, and from no broken one', async () => {
    const lastKnownGood = join(folder, 'cors.json');
    const first = await start(new MemorySource(state(3, [A, 'https://*.b.example'])), {
      lastKnownGood,
    });
    await first.close();
    expect((await stat(lastKnownGood)).mode & 0o777).toBe(0o600);
    const second = await start(new MemorySource(down), { lastKnownGood });
    expect(second.live.status()).toMatchObject({ state: 'stale', from: 'file', revision: 3 });
    expect([
      await second.allowed(A),
      await second.allowed('https://x.b.example'),
      await second.allowed(B),
    ]).toEqual([true, true, false]);
    await second.close();
    const text = await readFile(lastKnownGood, 'utf8');
    await writeFile(lastKnownGood, text.replace(A, B));
    await expect(start(new MemorySource(down), { lastKnownGood })).rejects.toMatchObject({
      name: 'CorsSourceError',
    });
  });

  it('prefer a source that answers to the file', async () => {
    const lastKnownGood = join(folder, 'cors.json');
    await (await start(new MemorySource(state(3, [A])), { lastKnownGood })).close();
    const { live } = await start(new MemorySource(state(2, [B])), { lastKnownGood });
    expect(live.status()).toMatchObject({ state: 'current', from: 'source', revision: 2 });
  });

  it('keep what was accepted, whole, and whatever changes it', async () => {
    const lastKnownGood = join(folder, 'cors.json');
    const source = new MemorySource(state(3, [A, 'https://*.b.example']));
    const { live, app } = await start(source, { lastKnownGood });
    source.say({ format: 1, revision: 4, since: 3, changes: { tenants: { add: [B] } } });
    await until(() => live.status().revision === 4);
    source.say(state(5, ['null']));
    await until(() => live.status().rejected === 1);
    await app.close();
    const text = await readFile(lastKnownGood, 'utf8');
    const origin: unknown = expect.arrayContaining([A, B, 'https://*.b.example']);
    expect(JSON.parse(bodyOf(text))).toEqual({
      format: 1,
      revision: 4,
      policies: { tenants: { origin } },
    });
    expect(text).toBe(header(bodyOf(text)) + bodyOf(text));
  });

  it('hold the same by the file as by the source', async () => {
    const lastKnownGood = join(folder, 'cors.json');
    const whole = state(3, [B, 'https://*.b.example', A]);
    await (await start(new MemorySource(whole), { lastKnownGood })).close();
    const source = new MemorySource(down);
    const { live } = await start(source, { lastKnownGood });
    source.say(whole);
    await until(() => live.status().state === 'current');
    expect(live.status()).toMatchObject({ from: 'source', revision: 3, rejected: 0 });
  });

  it('write beside the file, for its owner alone, and leave nothing else behind', async () => {
    const lastKnownGood = join(folder, 'cors.json');
    await writeFile(lastKnownGood, 'somebody else’s', { mode: 0o666 });
    const source = new MemorySource(state(3, [A]));
    const { live, app } = await start(source, { lastKnownGood });
    await until(async () => (await readFile(lastKnownGood, 'utf8')).includes(A));
    const before = await open(lastKnownGood);
    source.say(state(4, [B]));
    await until(() => live.status().revision === 4);
    await app.close();
    const read = await before.readFile('utf8');
    await before.close();
    expect(read).toBe(header(bodyOf(read)) + bodyOf(read));
    expect([read.includes(A), (await readFile(lastKnownGood, 'utf8')).includes(B)]).toEqual([
      true,
      true,
    ]);
    expect([(await stat(lastKnownGood)).mode & 0o777, await readdir(folder)]).toEqual([
      0o600,
      ['cors.json'],
    ]);
  });

  it.each([
    ['a policy that the code does not have', { ...ONE, others: { origin: [A] } }],
    ['no policy', {}],
    ['an origin that start-up refuses', { tenants: { origin: [A, 'http://b.example'] } }],
    ['an option of the code', { tenants: { origin: [A], credentials: false } }],
  ])('check the file like any state: %s', async (_, policies) => {
    const lastKnownGood = join(folder, 'cors.json');
    const keep = async (given: object): Promise<void> => {
      const body = JSON.stringify({ format: 1, revision: 3, policies: given });
      await writeFile(lastKnownGood, header(body) + body);
    };
    await keep(ONE);
    await (await start(new MemorySource(down), { lastKnownGood })).close();
    await keep(policies);
    await expect(start(new MemorySource(down), { lastKnownGood })).rejects.toMatchObject({
      name: 'CorsSourceError',
    });
  });

  it('go on where the file cannot be written', async () => {
    const source = new MemorySource(state(3, [A]));
    const { live, allowed } = await start(source, { lastKnownGood: join(folder, 'no', 'where') });
    source.say(state(4, [B]));
    await until(() => live.status().revision === 4);
    expect(await allowed(B)).toBe(true);
  });

  it('find out whatever was changed in the file', async () => {
    const lastKnownGood = join(folder, 'cors.json');
    const source = new MemorySource(state(3, [A, B]));
    await (await start(source, { lastKnownGood })).close();
    const whole = await readFile(lastKnownGood);
    const other = join(folder, 'other.json');
    const read = async (bytes: Uint8Array): Promise<unknown> => {
      await writeFile(other, bytes);
      return new KnownGood(other).read(parseState);
    };
    await expect(read(whole)).resolves.toMatchObject({ revision: 3 });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length - 1),
        fc.integer({ min: 1, max: 255 }),
        async (at, by) => {
          const changed = Uint8Array.from(whole, (byte, index) =>
            index === at ? byte ^ by : byte,
          );
          await expect(read(changed)).rejects.toThrow(/does not begin|SHA-256/);
          await expect(read(whole.subarray(0, at))).rejects.toThrow(/does not begin|SHA-256/);
          await expect(read(Buffer.concat([whole, changed.subarray(at)]))).rejects.toThrow(
            /does not begin|SHA-256/,
          );
        },
      ),
    );
  });
});
