import type { CorsManifest } from 'nestjs-cors/export';
import { exportPolicies } from 'nestjs-cors/export';
import { readFileSync } from 'node:fs';
import { corsLines } from '../../support/observe.js';
import { send } from '../../support/raw.js';
import { get } from '../../support/requests.js';
import { Upstream } from '../../support/upstream.js';
import { describeEngines, type EngineName, startEngine } from './support/engine.js';
import { manifestOf } from './support/shop.js';

const MEGABYTE = 1024;
/** Origins, and megabytes that they may take. */
const SIZES = [
  [1_000, 120],
  [100_000, 200],
] as const;

/** Caddy asks one after the other: more is a loss. */
const LOOKED_UP: Readonly<Record<EngineName, number>> = {
  nginx: 100_000,
  haproxy: 100_000,
  caddy: 1_000,
};

async function manifestWith(count: number): Promise<CorsManifest> {
  const manifest = await manifestOf();
  const policy = manifest.policies['app'];
  if (policy === undefined) throw new Error('no policy');
  const origin = Array.from({ length: count }, (_, index) => `https://tenant-${index}.example`);
  return { ...manifest, policies: { ...manifest.policies, app: { ...policy, origin } } };
}

describeEngines('an engine with many origins', (engine) => {
  it.each(SIZES.filter(([count]) => count <= LOOKED_UP[engine]))(
    'allows each of %i, and nobody else',
    async (count, megabytes) => {
      const manifest = await manifestWith(count);
      const upstream = await new Upstream().listen();
      const running = await startEngine(engine, (listen) =>
        exportPolicies(manifest, {
          target: engine,
          listen,
          upstream: `127.0.0.1:${upstream.port}`,
        }),
      );
      const answers: Record<string, boolean> = {};
      for (const index of [0, 1, count / 2, count - 1, count]) {
        const origin = `https://tenant-${index}.example`;
        const response = await send(running.port, get('/orders', origin));
        answers[index] = corsLines(response).includes(`access-control-allow-origin: ${origin}`);
      }
      const resident = Number(
        /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${running.pid}/status`, 'utf8'))?.[1],
      );
      await running.close();
      await upstream.close();
      expect(answers).toEqual({
        0: true,
        1: true,
        [count / 2]: true,
        [count - 1]: true,
        [count]: false,
      });
      expect(resident / MEGABYTE).toBeLessThan(megabytes);
    },
  );
});
