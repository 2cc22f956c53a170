import { openStore, type Store, type StoreName } from '../live/support/stores.js';
import type { Run } from './support/installed.js';
import { lists, type LiveProject, liveProject } from './support/live-project.js';

const A = 'https://a.tenant.example';
const B = 'https://b.tenant.example';
const STORES: readonly StoreName[] = ['Redis', 'NATS'];

let project: LiveProject;
beforeAll(() => {
  project = liveProject();
});
afterAll(() => project.remove());

describe.each(STORES)('nestjs-cors publish to %s', (name) => {
  let store: Store;
  beforeEach(async () => {
    store = await openStore(name);
  });
  afterEach(() => store.close());

  const where = (): readonly string[] =>
    name === 'Redis'
      ? ['--store', `redis://127.0.0.1:${store.port}`, '--key', 'shop']
      : ['--store', `nats://127.0.0.1:${store.port}`, '--bucket', 'cors', '--key', 'shop'];
  const publish = (policies: unknown, ...args: readonly string[]): Promise<Run> =>
    project.run(['publish', project.file(policies), ...where(), ...args]);
  const stored = async (): Promise<{ revision: number; policies: unknown }> =>
    JSON.parse(await store.text()) as { revision: number; policies: unknown };

  it('writes lists where there are none, and then those that replace them', async () => {
    expect(await publish(lists(A))).toMatchObject({
      code: 0,
      out: expect.stringMatching(/no state[^]*WIDER {2}tenants {2}\+1 −0\n[^]*is published to/),
    });
    expect((await stored()).policies).toEqual(lists(A));

    const { revision: before } = await stored();
    const { code, out } = await publish(lists(B), '--json');
    const { revision } = await stored();
    expect({ code, ...(JSON.parse(out) as object) }).toEqual({
      code: 0,
      before,
      revision,
      changes: [
        { policy: 'tenants', verdict: 'changed', add: [B], remove: [A], options: [], witness: B },
      ],
      warnings: [],
    });
    expect(revision).toBeGreaterThan(before);
  });

  it('writes nothing in a dry run, and names what would open', async () => {
    await store.publish(lists(A));
    const before = await store.text();
    const { code, out } = await publish(
      { tenants: { origin: [A, 'https://*.partner.example'], maxAge: 5 } },
      '--dry-run',
    );
    expect({ code, lines: out.split('\n').slice(1, 5) }).toEqual({
      code: 0,
      lines: [
        'CHANGED  tenants  +1 −0',
        '  + https://*.partner.example',
        '  maxAge narrower: 60 → 5',
        '  new: https://a.partner.example',
      ],
    });
    expect(out).toContain('dry run: nothing is published');
    expect(await store.text()).toBe(before);
  });

  it('opens nothing where a pattern has allowed it before', async () => {
    await store.publish(lists('https://*.tenant.example'));
    const { out } = await publish(lists('https://*.tenant.example', A), '--dry-run');
    expect(out).toMatch(/\nALIKE {2}tenants {2}\+1 −0\n/);
  });

  it.each([[[]], [['--dry-run']]])(
    'writes nothing where the store has another revision than expected %j',
    async (args) => {
      const revision = await store.publish(lists(A));
      const before = await store.text();
      const { code, out } = await publish(lists(B), '--expected', String(revision - 1), ...args);
      expect({ code, out }).toEqual({ code: 1, out: expect.stringContaining('was expected') });
      expect(await store.text()).toBe(before);
      expect((await publish(lists(B), '--expected', String(revision), ...args)).code).toBe(0);
    },
  );

  it('writes over what no application would take', async () => {
    await store.write('not a state');
    expect(await publish(lists(A))).toMatchObject({
      code: 0,
      out: expect.stringContaining('refuses what the store has'),
    });
    expect((await stored()).policies).toEqual(lists(A));
  });

  it('takes the lists of a whole state, under a revision of their own', async () => {
    await store.publish(lists(A));
    const copy = await stored();
    await store.publish(lists(B));
    expect(await publish(copy)).toMatchObject({ code: 0 });
    const { revision, policies } = await stored();
    expect({ policies, higher: revision > copy.revision }).toEqual({
      policies: lists(A),
      higher: true,
    });
  });

  it('tells the state of the store, and whether it is accepted', async () => {
    const status = async (): Promise<object> => {
      const { code, out } = await project.run(['live', 'status', ...where(), '--json']);
      return { code, ...(JSON.parse(out) as object) };
    };
    expect(await status()).toMatchObject({ code: 1, revision: null, accepted: false });
    const revision = await store.publish(lists(A, B));
    expect(await status()).toMatchObject({
      code: 0,
      revision,
      accepted: true,
      policies: { tenants: 2 },
    });
    await store.write('{"format":1,"revision":7,"policies":{"tenants":{"origin":["null"]}}}');
    expect(await status()).toMatchObject({
      code: 1,
      revision: 7,
      accepted: false,
      errors: [{ code: 'null-origin', where: 'live.tenants.origin[0]' }],
    });
    expect((await project.run(['live', 'status', ...where()])).out).toContain(
      'refused: live.tenants.origin[0]',
    );
  });

  it('says that nobody answers', async () => {
    await store.stop();
    for (const args of [
      ['publish', project.file(lists(A))],
      ['live', 'status'],
    ]) {
      const { code, error } = await project.run([...args, ...where()]);
      expect({ code, error }).toEqual({ code: 2, error: expect.stringContaining('not answer') });
    }
  });
});
