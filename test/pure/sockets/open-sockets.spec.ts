import { OpenSockets } from '../../../lib/sockets/open-sockets.js';

const noFault = (error: unknown): never => {
  throw error;
};

/** Some that are let in as long as `allowed()` says so. */
function add(sockets: OpenSockets, many: number, allowed: () => boolean | Promise<boolean>) {
  const counted = { open: many };
  for (let index = 0; index < many; index += 1)
    sockets.add({ stillAllowed: allowed, close: () => (counted.open -= 1) }, sockets.changes);
  return counted;
}

/** Turns of the event loop until something holds. */
async function turnsUntil(holds: () => boolean): Promise<number> {
  for (let turns = 0; ; turns += 1) {
    if (holds()) return turns;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

// Rule 14
describe('open sockets', () => {
  it('are asked about in slices, and all of them before long', async () => {
    const sockets = new OpenSockets(noFault);
    const kept = add(sockets, 5000, () => true);
    const gone = add(sockets, 5000, () => false);
    void sockets.recheck();
    const turns = await turnsUntil(() => gone.open === 0);
    // Others had their turn, and a slice is large enough for a hundred thousand in a second.
    expect(turns).toBeGreaterThanOrEqual(10);
    expect(turns).toBeLessThanOrEqual(100);
    expect(kept.open).toBe(5000);
  });

  it('do not wait for one whose predicate takes its time', async () => {
    const sockets = new OpenSockets(noFault);
    let settle: (allowed: boolean) => void = () => undefined;
    const slow = add(sockets, 1, () => new Promise((resolve) => (settle = resolve)));
    const gone = add(sockets, 1000, () => false);
    await sockets.recheck();
    expect([slow.open, gone.open]).toEqual([1, 0]);
    settle(false);
    await turnsUntil(() => slow.open === 0);
  });

  it('are asked about again where policies change meanwhile', async () => {
    const sockets = new OpenSockets(noFault);
    let allowed = true;
    const gone = add(sockets, 1000, () => allowed);
    const checking = sockets.recheck();
    allowed = false;
    await Promise.all([sockets.recheck(), checking]);
    expect(gone.open).toBe(0);
  });

  it('are asked about at once where policies changed while they were let in', async () => {
    const sockets = new OpenSockets(noFault);
    const since = sockets.changes;
    await sockets.recheck();
    let open = true;
    sockets.add({ stillAllowed: () => false, close: () => (open = false) }, since);
    expect(open).toBe(false);
  });

  it.each([
    ['the question', { stillAllowed: () => noFault('a fault'), close: () => undefined }, []],
    ['the answer', { stillAllowed: () => Promise.reject(new Error()), close: () => undefined }, []],
    ['the end', { stillAllowed: () => false, close: () => noFault('a fault') }, ['a fault']],
  ])('are closed whatever goes wrong with %s of another', async (_what, faulty, told) => {
    const faults: unknown[] = [];
    const sockets = new OpenSockets((error) => faults.push(error));
    sockets.add(faulty, sockets.changes);
    const gone = add(sockets, 10, () => false);
    await sockets.recheck();
    expect([gone.open, faults]).toEqual([0, told]);
  });

  it('are forgotten when they end', async () => {
    const sockets = new OpenSockets(noFault);
    let closed = 0;
    const gone = sockets.add({ stillAllowed: () => false, close: () => (closed += 1) }, 0);
    gone();
    await sockets.recheck();
    expect(closed).toBe(0);
  });
});
