import type { FetchInit } from 'nestjs-cors/testing';
import { allow, PAGE, useScriptedApi } from '../support/scripted-api.js';

const api = useScriptedApi();

const SAFELISTED = ['cache-control', 'content-type', 'expires', 'last-modified', 'pragma'];

/** Fetch, "CORS filtered response": which of X-One, X-Two and Set-Cookie the page sees. */
const rows: readonly [what: string, expose: string[], include: boolean, seen: string[]][] = [
  ['nothing exposed', [], false, []],
  ['a name in any case', ['X-ONE'], false, ['x-one']],
  ['a list', ['x-one,, ,\tx-two'], false, ['x-one', 'x-two']],
  ['two lines', ['x-one', 'x-two'], false, ['x-one', 'x-two']],
  ['*', ['*'], false, ['x-one', 'x-two']],
  ['* with credentials', ['*, x-one'], true, ['x-one']],
  ['one element is no token', ['x-one, x two'], false, []],
  ['a quoted element', ['x-one, "x-two"'], false, []],
  ['set-cookie', ['set-cookie, x-one'], false, ['x-one']],
];

describe('filtered response', () => {
  it.each(rows)('cors: %s', async (_what, expose, include, seen) => {
    const granted = allow({ Origin: PAGE, Credentials: 'true', 'Expose-Headers': expose });
    const own = ['X-One', 'X-Two', 'Set-Cookie', 'Server', ...SAFELISTED];
    api.answer({ headers: [...granted, ...own.map((name) => [name, '1'] as const)] });
    const init: FetchInit = { credentials: include ? 'include' : 'omit' };
    const result = await api.browser().page(PAGE).fetch('/a', init);
    if (!result.allowed) throw new Error(result.message);
    const names = [...result.headers.keys()];
    expect(names.filter((name) => /^(x-|set-)/.test(name))).toEqual(seen);
    expect(names).toEqual(expect.arrayContaining(SAFELISTED));
  });

  it('opaque: nothing, not even the status', async () => {
    api.answer({ status: 404, headers: allow({ 'X-One': '1' }) });
    const result = await api.browser().page(PAGE).fetch('/a', { mode: 'no-cors' });
    if (!result.allowed) throw new Error(result.message);
    expect(result).toMatchObject({ type: 'opaque', status: 0, body: null });
    expect([...result.headers]).toEqual([]);
    expect(await result.text()).toBe('');
  });

  it.each([
    ['same-origin', 'http://api.test/a', 'CorpNotSameOrigin'],
    ['same-site', 'http://api.test/a', 'CorpNotSameOrigin'],
    ['same-site', 'http://cdn.example.com/a', null],
    ['same-origin', 'http://cdn.example.com/a', 'CorpNotSameOrigin'],
    ['cross-origin', 'http://api.test/a', null],
    ['Same-Origin', 'http://api.test/a', null],
  ])('Cross-Origin-Resource-Policy %s of %s', async (policy, url, reason) => {
    api.answer({ headers: allow({ Origin: '*', 'Cross-Origin-Resource-Policy': policy }) });
    const page = api.browser().page(PAGE);
    const embedded = await page.fetch(url, { mode: 'no-cors' });
    expect(embedded.allowed ? null : embedded.reason).toBe(reason);
    expect(await page.fetch(url)).toMatchObject({ allowed: true, type: 'cors' });
  });

  it('Cross-Origin-Resource-Policy same-site keeps what is encrypted from pages that are not', async () => {
    api.answer({ headers: allow({ 'Cross-Origin-Resource-Policy': 'same-site' }) });
    const page = api.browser().page('http://app.example.com');
    const result = await page.fetch('https://cdn.example.com/a', { mode: 'no-cors' });
    expect(result).toMatchObject({ reason: 'CorpNotSameOrigin' });
  });
});
