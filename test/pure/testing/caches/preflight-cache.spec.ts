import type { FetchInit, Page } from 'nestjs-cors/testing';
import { allow, PAGE, useScriptedApi } from '../support/scripted-api.js';

const api = useScriptedApi();
const OTHER = 'https://other.example.net';

type Step = readonly [url: string, init: FetchInit, page?: 'other' | 'partitioned'];

const PUT: FetchInit = { method: 'PUT' };

/** Fetch, "CORS-preflight cache": the requests on the wire of the second of two fetches. */
const rows: readonly [what: string, first: Step, second: Step, requests: number][] = [
  ['the same again', ['/a', PUT], ['/a', PUT], 1],
  ['another listed method', ['/a', PUT], ['/a', { method: 'DELETE' }], 1],
  ['a method not listed', ['/a', PUT], ['/a', { method: 'PATCH' }], 2],
  ['a listed header', ['/a', PUT], ['/a', { headers: { 'x-a': '1' } }], 1],
  ['a header not listed', ['/a', PUT], ['/a', { headers: { 'x-c': '1' } }], 2],
  ['another path', ['/a', PUT], ['/b', PUT], 2],
  ['another query', ['/a?1', PUT], ['/a?2', PUT], 2],
  ['credentials after none', ['/a', PUT], ['/a', { ...PUT, credentials: 'include' }], 2],
  ['none after credentials', ['/a', { ...PUT, credentials: 'include' }], ['/a', PUT], 1],
  ['another origin', ['/a', PUT], ['/a', PUT, 'other'], 2],
  ['another partition', ['/a', PUT], ['/a', PUT, 'partitioned'], 2],
  ['a forced preflight', ['/a', PUT], ['/a', { method: 'POST', uploadListener: true }], 2],
];

describe('CORS-preflight cache', () => {
  it.each(rows)('%s', async (_what, first, second, requests) => {
    api.script = ({ headers }) => ({
      headers: allow({
        Origin: headers.origin ?? '*',
        Credentials: 'true',
        Methods: 'PUT, DELETE',
        Headers: 'X-A, x-b',
        'Max-Age': '600',
      }),
    });
    const web = api.browser();
    const pages: Readonly<Record<string, Page>> = {
      own: web.page(PAGE),
      other: web.page(OTHER),
      partitioned: web.page(PAGE, { partition: 'elsewhere' }),
    };
    const lengths: number[] = [];
    for (const [url, init, page = 'own'] of [first, second]) {
      const result = await (pages[page] as Page).fetch(url, init);
      lengths.push(result.exchange.length);
    }
    expect(lengths[1]).toBe(result(requests, second));
  });

  it('a longer life for what is granted again (step 7.10)', async () => {
    let now = 0;
    let maxAge = '10';
    api.script = () => ({
      headers: allow({ Origin: PAGE, Methods: 'PUT', Headers: 'x-a', 'Max-Age': maxAge }),
    });
    const page = api.browser({ now: () => now }).page(PAGE);
    await page.fetch('/a', PUT);
    maxAge = '100';
    await page.fetch('/a', { ...PUT, headers: { 'x-a': '1' }, cache: 'reload' });
    now = 50_000;
    expect((await page.fetch('/a', PUT)).exchange).toHaveLength(1);
  });
});

/** A refused second preflight is the only request. */
function result(requests: number, [, init]: Step): number {
  const isGranted = init.method !== 'PATCH' && !JSON.stringify(init.headers ?? {}).includes('x-c');
  return isGranted ? requests : 1;
}
