import type { CorsErrorName, FetchInit } from 'nestjs-cors/testing';
import { allow, PAGE, useScriptedApi } from '../support/scripted-api.js';

const api = useScriptedApi();

type Lines = Parameters<typeof allow>[0];

/** Fetch, "CORS check", steps 1 to 6: the same table for actual responses and for preflights. */
const rows: readonly [step: string, lines: Lines, include: boolean, reason: string | null][] = [
  ['2: no Access-Control-Allow-Origin', {}, false, 'MissingAllowOriginHeader'],
  ['3: * without credentials', { Origin: '*' }, false, null],
  ['4: * with credentials', { Origin: '*', Credentials: 'true' }, true, 'WildcardOriginNotAllowed'],
  ['4: exactly the origin', { Origin: PAGE }, false, null],
  ['4: the origin within blanks', { Origin: `\t${PAGE} ` }, false, null],
  ['4: two equal lines', { Origin: [PAGE, PAGE] }, false, 'MultipleAllowOriginValues'],
  ['4: a list', { Origin: `${PAGE}, ${PAGE}` }, false, 'MultipleAllowOriginValues'],
  ['4: two wildcards', { Origin: ['*', '*'] }, false, 'MultipleAllowOriginValues'],
  ['4: another origin', { Origin: 'https://other.example' }, false, 'AllowOriginMismatch'],
  ['4: a path', { Origin: `${PAGE}/` }, false, 'AllowOriginMismatch'],
  ['4: upper case', { Origin: PAGE.toUpperCase() }, false, 'AllowOriginMismatch'],
  ['4: null', { Origin: 'null' }, false, 'AllowOriginMismatch'],
  ['4: no URL', { Origin: 'true' }, false, 'InvalidAllowOriginValue'],
  ['4: empty', { Origin: '' }, false, 'InvalidAllowOriginValue'],
  ['5: credentials omitted', { Origin: PAGE, Credentials: 'maybe' }, false, null],
  ['6: true', { Origin: PAGE, Credentials: 'true' }, true, null],
  ['6: absent', { Origin: PAGE }, true, 'InvalidAllowCredentials'],
  ['6: True', { Origin: PAGE, Credentials: 'True' }, true, 'InvalidAllowCredentials'],
  ['6: false', { Origin: PAGE, Credentials: 'false' }, true, 'InvalidAllowCredentials'],
  [
    '6: two lines',
    { Origin: PAGE, Credentials: ['true', 'true'] },
    true,
    'InvalidAllowCredentials',
  ],
];

describe('CORS check', () => {
  it.each(rows)('of the response, step %s', async (_step, lines, include, reason) => {
    api.answer({ headers: allow(lines) });
    const credentials: FetchInit['credentials'] = include ? 'include' : 'same-origin';
    const result = await api.browser().page(PAGE).fetch('/a', { credentials });
    expect(result.allowed ? null : result.reason).toBe(reason);
  });

  it.each(rows)('of the preflight, step %s', async (_step, lines, include, reason) => {
    const granted = allow({ Origin: PAGE, Credentials: 'true' });
    const preflight = { status: 204, headers: allow({ ...lines, Methods: 'PUT' }) };
    api.answer(preflight, { headers: granted });
    const init: FetchInit = { method: 'PUT', credentials: include ? 'include' : 'omit' };
    const result = await api.browser().page(PAGE).fetch('/a', init);
    expect(result.allowed ? null : result.reason).toBe(reason && `Preflight${reason}`);
  });

  it('lets an opaque page read what allows null', async () => {
    api.answer({ headers: allow({ Origin: 'null' }) });
    const result = await api.browser().page('null').fetch('/a');
    expect(result).toMatchObject({ allowed: true, type: 'cors' });
    expect(result.exchange[0]?.headers).toMatchObject({ origin: 'null' });
  });

  it('does not apply to the page itself, which gets everything but Set-Cookie', async () => {
    api.answer({ headers: [...allow({ 'X-One': '1' }), ['Set-Cookie', 'a=1']] });
    const result = await api.browser().page(PAGE).fetch(`${PAGE}/a`);
    if (!result.allowed) throw new Error(result.message);
    expect(result.type).toBe('basic');
    expect(result.headers.get('x-one')).toBe('1');
    expect(result.headers.get('set-cookie')).toBeNull();
    expect(result.exchange[0]?.headers['origin']).toBeUndefined();
  });

  it('does not depend on the status', async () => {
    const reasons: (CorsErrorName | number)[] = [];
    for (const headers of [allow({}), allow({ Origin: '*' })]) {
      api.answer({ status: 500, headers });
      const result = await api.browser().page(PAGE).fetch('/a');
      reasons.push(result.allowed ? result.status : result.reason);
    }
    expect(reasons).toEqual(['MissingAllowOriginHeader', 500]);
  });
});
