import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { CorsInspector } from 'nestjs-cors';
import { PLATFORMS } from '../../../support/platforms.js';
import { until } from '../../../support/until.js';
import { A, B, startLive } from '../support/live-app.js';
import { MemorySource, state } from '../support/memory-source.js';
import { starting } from '../support/starting.js';

describe.each(PLATFORMS)('live policies on %s', (platform) => {
  const start = starting(platform);

  it('tell the inspector and the channel which revision decides', async () => {
    const source = new MemorySource(state(1, [A]));
    const { live, app: nest } = await start(source);
    const messages: unknown[] = [];
    const listener = (message: unknown): void => void messages.push(message);
    subscribe('nestjs-cors:live', listener);
    source.say(state(2, [B]));
    await until(() => live.status().revision === 2);
    unsubscribe('nestjs-cors:live', listener);
    expect(messages).toEqual([{ event: 'changed', source: 'memory', revision: 2, from: 'source' }]);
    expect(nest.get(CorsInspector).trustedOrigins()).toEqual(expect.arrayContaining([B]));
    expect(nest.get(CorsInspector).trustedOrigins()).not.toContain(A);
    const decides = { source: 'memory', revision: 2 };
    const { policies, ...manifest } = nest.get(CorsInspector).manifest();
    expect([manifest.live, policies['tenants']?.origin]).toEqual([decides, [B]]);
    const explained = await nest.get(CorsInspector).explain('GET', '/tenants', A);
    expect([explained.live, explained.originAllowed]).toEqual([decides, false]);
    expect(await nest.get(CorsInspector).explain('GET', '/tenants/code', A)).not.toHaveProperty(
      'live',
    );
  });
});

// The advice about a list that stands in no code.
it('what is denied says that the list is the source’s', async () => {
  const source = new MemorySource(state(1, [A]));
  const app = await startLive('express', { source });
  await until(() => app.live.status().state === 'current');
  const { CorsInspector } = await import('nestjs-cors');
  const { advice } = await app.app.get(CorsInspector).explain('GET', '/tenants', B);
  expect(advice).toContain(`add '${B}' to the \`origin\` of its source`);
  await app.close();
});
