import type { BrowserOptions, FetchInit } from 'nestjs-cors/testing';
import { allow, API, PAGE, useScriptedApi } from '../support/scripted-api.js';

const api = useScriptedApi();

type Lines = Parameters<typeof allow>[0];

async function messageOf(
  lines: Lines,
  init: FetchInit = {},
  options: BrowserOptions = {},
): Promise<string> {
  api.answer({ headers: allow(lines) });
  const result = await api.browser(options).page(PAGE).fetch('/a', init);
  return result.allowed ? 'allowed' : result.message;
}

const include: FetchInit = { credentials: 'include' };

const rows: readonly [lines: Lines, init: FetchInit, finding: string, advice: string][] = [
  [
    {},
    {},
    'the response has no Access-Control-Allow-Origin',
    `Add '${PAGE}' to 'origin' of the policy`,
  ],
  [
    {},
    { method: 'PUT' },
    'the preflight has no Access-Control-Allow-Origin',
    `Add '${PAGE}' to 'origin'`,
  ],
  [
    { Origin: 'https://x.test' },
    {},
    `allows the origin 'https://x.test', but the request came from '${PAGE}'`,
    `Add '${PAGE}'`,
  ],
  [
    { Origin: [PAGE, PAGE] },
    {},
    `more than one Access-Control-Allow-Origin value: '${PAGE}, ${PAGE}'`,
    'exactly one value',
  ],
  [{ Origin: '*' }, include, 'does not count with credentials', `credentials: ['${PAGE}']`],
  [{ Origin: PAGE }, include, 'no Access-Control-Allow-Credentials', "Set 'credentials: true'"],
  [
    { Origin: PAGE, Credentials: 'True' },
    include,
    'Access-Control-Allow-Credentials: True',
    "Set 'credentials: true'",
  ],
  [
    { Origin: PAGE, Methods: 'PUT' },
    { method: 'DELETE' },
    'the preflight allows PUT, not DELETE',
    "'methods' of the policy",
  ],
  [{ Origin: PAGE }, { method: 'DELETE' }, 'the preflight allows no methods', 'Serve DELETE'],
  [
    { Origin: PAGE, Methods: 'PATCH' },
    { method: 'patch' },
    'allows PATCH, not patch',
    "fetch with 'PATCH'",
  ],
  [
    { Origin: PAGE },
    { headers: { 'x-a': '1' } },
    "the request header 'x-a'",
    "Add 'x-a' to 'allowedHeaders'",
  ],
  [
    { Origin: PAGE, Headers: '*' },
    { headers: { authorization: '1' } },
    "'authorization'",
    "never for 'authorization'",
  ],
  [
    { Origin: PAGE, Methods: '"PUT"' },
    { method: 'PUT' },
    'not a list of methods: \'"PUT"\'',
    'without quotes',
  ],
  [{}, { mode: 'same-origin' }, "the request's mode 'same-origin'", "mode 'cors'"],
  [
    { 'Cross-Origin-Resource-Policy': 'same-origin' },
    { mode: 'no-cors' },
    'Cross-Origin-Resource-Policy',
    "'resourcePolicy'",
  ],
  [{}, { method: 'A B' }, "fetch() throws a TypeError: 'A B' is not a method", 'correct the call'],
];

describe('messages', () => {
  it.each(rows)('%j, %j', async (lines, init, finding, advice) => {
    const message = await messageOf(lines, init);
    expect(message).toContain(finding);
    expect(message).toContain(advice);
  });

  it('are one sentence on what happened and one on what to do', async () => {
    expect(await messageOf({})).toBe(
      `GET ${API}/a from ${PAGE}: the response has no Access-Control-Allow-Origin. ` +
        `Add '${PAGE}' to 'origin' of the policy of this route, or leave it out if this site is not meant to read the response`,
    );
  });

  it.each([
    [
      { policy: 'partners', where: 'OrdersController.list' },
      "'origin' of policy 'partners' at OrdersController.list",
    ],
    [{ policy: 'partners' }, "'origin' of policy 'partners',"],
    [{ where: 'OrdersController.list' }, "'origin' of the policy at OrdersController.list"],
    [undefined, "'origin' of the policy of this route"],
  ])('name the policy %j', async (explanation, expected) => {
    const asked: unknown[] = [];
    const explain: BrowserOptions['explain'] = (...args) => {
      asked.push(args);
      return explanation;
    };
    expect(await messageOf({}, { method: 'PUT' }, { explain })).toContain(expected);
    expect(asked).toEqual([['PUT', `${API}/a`, PAGE]]);
  });

  it('tell of redirects, and advise nobody to allow null', async () => {
    api.script = ({ url }) =>
      url === '/a'
        ? { status: 302, headers: [...allow({ Origin: '*' }), ['Location', 'http://c.test/b']] }
        : { headers: allow({ Origin: PAGE }) };
    const result = await api.browser().page(PAGE).fetch('/a');
    if (result.allowed) throw new Error('allowed');
    expect(result.message).toContain('GET http://c.test/b after 1 redirect from');
    expect(result.message).toContain('sent as Origin: null');
    expect(result.message).toContain('do not allow it');
  });
});
