import { CorsInspector } from 'nestjs-cors';
import { exportPolicies } from 'nestjs-cors/export';
import { REQUESTS } from './requests.table.js';
import { askBoth, unequal } from './support/compare.js';
import { describeEngines, type EngineName, startEngine } from './support/engine.js';
import { observing } from './support/seen.js';
import { startShop } from './support/shop.js';

/** A mistake that somebody could make in an exporter, made in its text. */
type Fault = (text: string) => string;

/** The two routes that match `/orders/export`, in the wrong order. */
const wrongOrder: Fault = (text) =>
  text.replace(/^(.*\/orders\/export.*\n)(.*\/orders\/\[\^\/\]\+.*\n)/m, '$2$1');

const FAULTS: Readonly<Record<string, Partial<Record<string, Fault>>>> = {
  'rules in another order': { nginx: wrongOrder, haproxy: wrongOrder, caddy: wrongOrder },
  'an expression that is open in front': {
    nginx: (text) => text.replaceAll('~^https://(?:[a-z0-9_-]+\\.)+app', '~app'),
    haproxy: (text) => text.replaceAll('^https://(?:[a-z0-9_-]+\\.)+app', 'app'),
    caddy: (text) => text.replaceAll('^https://(?:[a-z0-9_-]+\\.)+app', 'app'),
  },
  'no Vary': {
    nginx: (text) => text.replace(/add_header Vary .*\n/, ''),
    haproxy: (text) => text.replace(/.*set-header Vary .*\n/, ''),
    caddy: (text) => text.replace(/.*Vary.*\n/g, ''),
  },
  'headers on success only': {
    nginx: (text) => text.replaceAll(' always;', ';'),
    haproxy: (text) =>
      text.replaceAll(
        'http-after-response set-header Access-Control-Allow-Origin',
        'http-response set-header Access-Control-Allow-Origin',
      ),
  },
  'headers of the upstream that stay': {
    nginx: (text) => text.replaceAll(/proxy_hide_header Access.*\n/g, ''),
    haproxy: (text) =>
      text
        .replace(
          /http-after-response set-header Access-Control-Allow-Origin/g,
          'http-after-response add-header Access-Control-Allow-Origin',
        )
        .replace(/.*del-header access-control-.*\n/, ''),
    caddy: (text) => text.replaceAll(/.*header_down -Access.*\n/g, ''),
  },
};

async function wrongWith(engine: EngineName, fault: Fault): Promise<number> {
  const shop = await startShop('express');
  const manifest = shop.app.get(CorsInspector).manifest();
  const running = await startEngine(engine, (listen) => {
    const exported = exportPolicies(manifest, {
      target: engine,
      listen,
      upstream: `127.0.0.1:${shop.port}`,
    });
    const files = Object.entries(exported.files).map(([name, text]) => [name, fault(text)]);
    return { ...exported, files: Object.fromEntries(files) as Record<string, string> };
  });
  const both = { nest: shop.port, edge: running.port, seen: observing(shop.app) };
  let wrong = 0;
  for (const [, request] of REQUESTS)
    wrong += unequal(await askBoth(both, request)).length > 0 ? 1 : 0;
  await running.close();
  await shop.close();
  return wrong;
}

describeEngines('the comparison', (engine) => {
  it('finds nothing where nothing is wrong', async () => {
    expect(await wrongWith(engine, (text) => text)).toBe(0);
  });

  const faults = Object.entries(FAULTS).flatMap(([name, by]) => {
    const fault = by[engine];
    return fault === undefined ? [] : [[name, fault] as const];
  });

  it.each(faults)('finds %s', async (_name, fault) => {
    expect(await wrongWith(engine, fault)).toBeGreaterThan(0);
  });
});
