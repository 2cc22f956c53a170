import { exportPolicies } from 'nestjs-cors/export';
import { corsLines, values, varyNames } from '../../support/observe.js';
import { send } from '../../support/raw.js';
import { get } from '../../support/requests.js';
import { closedPort } from '../../support/ports.js';
import { Upstream } from '../../support/upstream.js';
import { describeEngines, type RunningEngine, startEngine } from './support/engine.js';
import { manifestOf } from './support/shop.js';

const APP = 'https://app.example';
const ALLOWED = [
  'access-control-allow-credentials: true',
  `access-control-allow-origin: ${APP}`,
  'access-control-expose-headers: X-Price-in-$, X-Total',
];

/** The timeouts that the configurations are printed with, and one that a test can wait for. */
const TIMEOUTS: readonly (readonly [RegExp, string])[] = [
  [/proxy_read_timeout \d+s/g, 'proxy_read_timeout 1s'],
  [/timeout server \d+s/g, 'timeout server 1s'],
  [/response_header_timeout \d+s/g, 'response_header_timeout 1s'],
];

describeEngines('an engine whose upstream fails', (engine) => {
  const upstream = new Upstream();
  let behind: RunningEngine;
  let alone: RunningEngine;

  beforeAll(async () => {
    await upstream.listen();
    const manifest = await manifestOf();
    const exportFor = (listen: string, address: string) => {
      const exported = exportPolicies(manifest, { target: engine, listen, upstream: address });
      const files = Object.entries(exported.files).map(([name, text]) => [name, impatient(text)]);
      return { ...exported, files: Object.fromEntries(files) as Record<string, string> };
    };
    behind = await startEngine(engine, (listen) => exportFor(listen, `127.0.0.1:${upstream.port}`));
    const nowhere = await closedPort();
    alone = await startEngine(engine, (listen) => exportFor(listen, `127.0.0.1:${nowhere}`));
  });

  afterAll(() => Promise.all([behind.close(), alone.close(), upstream.close()]));

  it('says on its own 502 or 503 what the policy says', async () => {
    const response = await send(alone.port, get('/orders', APP));
    expect([502, 503]).toContain(response.status);
    expect(corsLines(response)).toEqual(ALLOWED);
    expect(varyNames(response)).toEqual(['origin']);
  });

  it('says nothing on its own 502 or 503 where the origin is denied', async () => {
    const response = await send(alone.port, get('/orders', 'https://evil.example'));
    expect(corsLines(response)).toEqual([]);
    expect(varyNames(response)).toEqual(['origin']);
  });

  it('says on its own 504 what the policy says', async () => {
    const response = await send(behind.port, get('/billing/hang', APP));
    expect(response.status).toBe(504);
    expect(corsLines(response)).toEqual(ALLOWED);
  });

  it('says where the upstream hangs up what the policy says', async () => {
    const response = await send(behind.port, get('/billing/reset', APP));
    expect(response.status).toBe(502);
    expect(corsLines(response)).toEqual(ALLOWED);
  });

  it.each([200, 302, 404, 500])('removes what an upstream says on a %i', async (status) => {
    const response = await send(behind.port, get(`/billing/${status}`, 'https://evil.example'));
    expect(response.status).toBe(status);
    expect(corsLines(response)).toEqual([]);
    expect(varyNames(response)).toEqual(['accept', 'origin']);
  });

  it('exposes what an upstream exposes where the entry says so', async () => {
    const response = await send(behind.port, get('/billing/x', APP));
    expect(
      values(response, 'access-control-expose-headers').join().toLowerCase().split(/, */),
    ).toEqual(expect.arrayContaining(['x-price-in-$', 'x-total', 'x-upstream', 'etag']));
  });

  it('passes on what an upstream says where no policy holds', async () => {
    const response = await send(behind.port, get('/legacy/x', 'https://evil.example'));
    expect(corsLines(response)).toEqual([
      'access-control-allow-credentials: true',
      'access-control-allow-headers: x-upstream',
      'access-control-allow-methods: UPSTREAM',
      'access-control-allow-origin: *',
      'access-control-expose-headers: X-Upstream, ETag',
      'access-control-max-age: 86400',
    ]);
  });

  it('turns a denied origin away before the upstream', async () => {
    const before = upstream.hits.length;
    const denied = {
      method: 'PUT',
      path: '/orders/7',
      headers: [['Origin', 'https://evil.example']] as const,
    };
    const response = await send(behind.port, denied);
    expect({ status: response.status, hits: upstream.hits.length - before }).toEqual({
      status: 403,
      hits: 0,
    });
  });
});

function impatient(text: string): string {
  return TIMEOUTS.reduce((changed, [timeout, short]) => changed.replace(timeout, short), text);
}
