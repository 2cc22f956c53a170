import type { FetchInit } from 'nestjs-cors/testing';
import { allow, PAGE, sequence, useScriptedApi, type Answer } from '../support/scripted-api.js';

const api = useScriptedApi();
const A = PAGE;
const B = 'http://b.test';
const C = 'http://c.test';

/** Redirects `/0` to the second URL, and so on; allows the `Origin` it sees. */
function redirectThrough(urls: readonly string[], status = 302): void {
  api.script = ({ url = '', headers }) => {
    const next = urls[Number(/\d+/.exec(url)?.[0] ?? 0) + 1];
    const granted = allow({
      Origin: headers.origin ?? '*',
      Credentials: 'true',
      Methods: 'PUT',
      Headers: 'x-a,authorization,content-type',
    });
    const isPreflight = headers['access-control-request-method'] !== undefined;
    if (next === undefined || isPreflight) return { headers: granted };
    return { status, headers: [...granted, ['Location', next]] };
  };
}

/** Fetch, "request tainted origin": the `Origin` of each hop. */
const origins: readonly [way: string, urls: string[], expected: (string | undefined)[]][] = [
  ['A, A→A', [`${A}/0`, `${A}/1`], [undefined, undefined]],
  ['A, A→B', [`${A}/0`, `${B}/1`], [undefined, A]],
  ['A, B→B', [`${B}/0`, `${B}/1`], [A, A]],
  ['A, B→C', [`${B}/0`, `${C}/1`], [A, 'null']],
  ['A, B→A', [`${B}/0`, `${A}/1`], [A, 'null']],
  ['A, A→B→B', [`${A}/0`, `${B}/1`, `${B}/2`], [undefined, A, A]],
  ['A, A→B→C', [`${A}/0`, `${B}/1`, `${C}/2`], [undefined, A, 'null']],
  ['A, B→C→C', [`${B}/0`, `${C}/1`, `${C}/2`], [A, 'null', 'null']],
];

const methods: readonly [status: number, method: string, expected: string][] = [
  [301, 'POST', 'GET'],
  [302, 'POST', 'GET'],
  [303, 'POST', 'GET'],
  [307, 'POST', 'POST'],
  [308, 'POST', 'POST'],
  [301, 'PUT', 'PUT'],
  [303, 'PUT', 'GET'],
  [303, 'HEAD', 'HEAD'],
  [303, 'GET', 'GET'],
];

const refusals: readonly [what: string, location: string, init: FetchInit, reason: string][] = [
  ['redirect: error', `${B}/1`, { redirect: 'error' }, 'RedirectError'],
  ['step 2: no URL', 'http://[x', {}, 'RedirectError'],
  ['step 4: another scheme', 'data:text/plain,x', {}, 'CorsDisabledScheme'],
  ['step 4: another scheme, no-cors', 'data:text/plain,x', { mode: 'no-cors' }, 'RedirectError'],
  ['step 7: a user name', 'http://user@b.test/1', {}, 'RedirectContainsCredentials'],
  ['step 8: a password', 'http://:p@b.test/1', {}, 'RedirectContainsCredentials'],
  ['mode same-origin', `${B}/1`, { mode: 'same-origin' }, 'DisallowedByMode'],
];

describe('HTTP-redirect fetch', () => {
  it.each(origins)('Origin: page %s', async (_way, urls, expected) => {
    redirectThrough(urls);
    const result = await api
      .browser()
      .page(A)
      .fetch(urls[0] ?? '');
    expect(result).toMatchObject({ allowed: true, redirected: true, url: urls.at(-1) });
    expect(result.exchange.map(({ headers }) => headers['origin'])).toEqual(expected);
  });

  it.each(methods)('step 12: %d, %s becomes %s', async (status, method, expected) => {
    redirectThrough([`${A}/0`, `${A}/1`], status);
    const isBodiless = method === 'GET' || method === 'HEAD';
    const init = isBodiless ? {} : { body: 'x', headers: { 'Content-Language': 'de' } };
    const { exchange } = await api
      .browser()
      .page(A)
      .fetch(`${A}/0`, { method, ...init });
    const last = exchange.at(-1);
    expect(last?.method).toBe(expected);
    const keepsBody = !isBodiless && expected === method;
    expect(last?.headers['content-language']).toBe(keepsBody ? 'de' : undefined);
    expect(last?.headers['content-type'] !== undefined).toBe(keepsBody);
  });

  it.each(refusals)('%s', async (_what, location, init, reason) => {
    const url = init.mode === 'same-origin' ? `${A}/0` : `${B}/0`;
    redirectThrough([url, location]);
    const result = await api.browser().page(A).fetch(url, init);
    expect(result).toMatchObject({ allowed: false, reason });
    expect(result.exchange).toHaveLength(1);
  });

  it('step 9: a streamed body is not sent twice, but 303 drops it', async () => {
    const outcomes: unknown[] = [];
    for (const status of [307, 303]) {
      redirectThrough([`${B}/0`, `${B}/1`], status);
      const body = new Blob(['x']).stream() as ReadableStream<Uint8Array>;
      const result = await api.browser().page(A).fetch(`${B}/0`, { method: 'POST', body });
      outcomes.push(result.allowed ? result.status : result.reason);
    }
    expect(outcomes).toEqual(['RedirectError', 200]);
  });

  it('step 6: follows 20 redirects, not 21', async () => {
    const ways = [20, 21].map((length) =>
      Array.from({ length: length + 1 }, (_, at) => `${B}/${at}`),
    );
    const outcomes: unknown[] = [];
    for (const urls of ways) {
      redirectThrough(urls);
      const result = await api.browser().page(A).fetch(`${B}/0`);
      outcomes.push(result.allowed ? result.exchange.length : [result.reason, result.hop]);
    }
    expect(outcomes).toEqual([21, ['RedirectError', 20]]);
  });

  it('step 13: drops Authorization on the way to another origin, and asks again per hop', async () => {
    redirectThrough([`${B}/0`, `${B}/1`, `${C}/2`], 307);
    const headers = { Authorization: 'Bearer t', 'x-a': '1' };
    const { exchange } = await api.browser().page(A).fetch(`${B}/0`, { method: 'PUT', headers });
    expect(
      exchange.map(({ method, url, headers: sent }) => [
        `${method} ${url}`,
        sent['origin'],
        sent['access-control-request-headers'] ?? sent['authorization'],
      ]),
    ).toEqual([
      [`OPTIONS ${B}/0`, A, 'authorization,x-a'],
      [`PUT ${B}/0`, A, 'Bearer t'],
      [`OPTIONS ${B}/1`, A, 'authorization,x-a'],
      [`PUT ${B}/1`, A, 'Bearer t'],
      [`OPTIONS ${C}/2`, 'null', 'x-a'],
      [`PUT ${C}/2`, 'null', undefined],
    ]);
  });

  it('needs every hop to be readable', async () => {
    api.script = ({ url }): Answer =>
      url === '/0'
        ? { status: 302, headers: [['Location', '/1']] }
        : { headers: allow({ Origin: '*' }) };
    const result = await api.browser().page(A).fetch(`${B}/0`);
    expect(result).toMatchObject({ reason: 'MissingAllowOriginHeader', hop: 0 });
    expect(sequence(result.exchange)).toEqual(['GET /0']);
  });

  it('needs the last hop to allow null', async () => {
    redirectThrough([`${B}/0`, `${C}/1`]);
    const answer = api.script;
    api.script = (request) =>
      request.url === '/1' ? { headers: allow({ Origin: A }) } : answer(request);
    const result = await api.browser().page(A).fetch(`${B}/0`);
    expect(result).toMatchObject({ reason: 'AllowOriginMismatch', detail: A, hop: 1 });
  });

  it.each(['manual', 'follow', 'error'] as const)(
    'redirect %s, without Location',
    async (redirect) => {
      api.answer({ status: 302, headers: allow({ Origin: '*' }) });
      const result = await api.browser().page(A).fetch(`${B}/0`, { redirect });
      const type = redirect === 'manual' ? 'opaqueredirect' : 'cors';
      expect(result).toMatchObject({
        allowed: true,
        type,
        status: redirect === 'manual' ? 0 : 302,
      });
    },
  );

  it('main fetch: a no-cors response from elsewhere stays opaque on the way home', async () => {
    redirectThrough([`${B}/0`, `${A}/1`]);
    const result = await api.browser().page(A).fetch(`${B}/0`, { mode: 'no-cors' });
    expect(result).toMatchObject({ allowed: true, type: 'opaque', url: '', redirected: false });
  });
});
