import { CorsModule } from 'nestjs-cors';
import type { RealPage } from '../real-page.js';
import type { Stage } from '../stage.js';
import { A, APP, type Row } from './row.js';

const authorization = { headers: [['Authorization', 'Bearer t']] } as const;

/** Request headers, credentials, and what of a response is shown. */
export const HEADERS: readonly Row[] = [
  {
    number: 7,
    title: 'five headers in mixed case arrive sorted and in lower case',
    play: async (stage) => {
      const names = ['X-Two', 'x-one', 'X-THREE', 'x-Five', 'X-four'];
      const headers = names.map((name) => [name, '1'] as const);
      const verdict = await stage.fetch(await stage.page(A), '/headers/five', { headers });
      return [verdict, requested(stage)];
    },
    expected: ['200 cors', ['x-five,x-four,x-one,x-three,x-two']],
  },
  {
    number: 8,
    title: 'one header too many blocks the request',
    play: async (stage) => {
      const headers = [['x-one', '1'] as const, ['x-six', '1'] as const];
      const verdict = await stage.fetch(await stage.page(A), '/headers/five', { headers });
      return [verdict, stage.lines(), stage.ran()];
    },
    expected: ['blocked: PreflightMissingAllowOriginHeader', ['OPTIONS /headers/five 403'], []],
  },
  {
    number: 9,
    title: "allowedHeaders '*' covers Authorization in every engine, because it is written out",
    play: async (stage) => [
      await stage.fetch(await stage.page(A), '/headers/star', authorization),
      granted(stage),
    ],
    expected: ['200 cors', ['authorization']],
  },
  {
    number: 10,
    title: "allowedHeaders ['*', 'Authorization'] covers it too",
    play: async (stage) =>
      stage.fetch(await stage.page(A), '/headers/star-authorization', authorization),
    expected: '200 cors',
  },
  {
    number: 11,
    title: 'the cookie travels with the PUT, not with its preflight',
    play: async (stage) => {
      await stage.context.addCookies([{ name: 'session', value: 'shop', url: stage.api }]);
      const page = await stage.page(APP);
      const verdict = await stage.fetch(page, '/session', {
        method: 'PUT',
        credentials: 'include',
      });
      return [verdict, stage.received().map(({ method, headers }) => [method, headers.cookie])];
    },
    expected: [
      '200 cors',
      [
        ['OPTIONS', undefined],
        ['PUT', 'session=shop'],
      ],
    ],
  },
  {
    number: 12,
    title: "credentials do not go with origin '*'",
    play: async (stage) => stage.fetch(await stage.page(A), '/public', { credentials: 'include' }),
    expected: 'blocked: WildcardOriginNotAllowed',
  },
  {
    number: 13,
    title: "allowedHeaders '*' works with credentials, because it is written out",
    play: async (stage) => {
      const headers = [['X-Custom', '1'] as const];
      const page = await stage.page(A);
      const verdict = await stage.fetch(page, '/session', { headers, credentials: 'include' });
      return [verdict, granted(stage)];
    },
    expected: ['200 cors', ['x-custom']],
  },
  {
    number: 14,
    title: 'only exposed headers are visible, and Set-Cookie never',
    play: async (stage) => visible(stage, await stage.page(A), '/expose/one'),
    expected: ['x-a'],
  },
  {
    number: 15,
    title:
      "exposedHeaders '*' shows all but Set-Cookie, and is refused at start-up with credentials",
    play: async (stage) => {
      const policy = { origin: 'https://a.example', exposedHeaders: '*', credentials: true };
      const { errors } = CorsModule.validate({ default: policy });
      const shown = await visible(stage, await stage.page(A), '/expose/all');
      return [shown, errors.map(({ code }) => code)];
    },
    expected: [['x-a', 'x-c'], ['exposed-wildcard-with-credentials']],
  },
];

/** `Access-Control-Request-Headers` of the preflights. */
function requested(stage: Stage): unknown[] {
  const preflights = stage.received().filter(({ method }) => method === 'OPTIONS');
  return preflights.map(({ headers }) => headers['access-control-request-headers']);
}

/** `Access-Control-Allow-Headers` of the preflights. */
function granted(stage: Stage): unknown[] {
  const preflights = stage.received().filter(({ method }) => method === 'OPTIONS');
  return preflights.map(({ answer }) => answer['access-control-allow-headers']);
}

/** Which of `X-A`, `X-C` and `Set-Cookie` a script sees. */
async function visible(stage: Stage, page: RealPage, path: string): Promise<string[]> {
  const { headers = [] } = await page.fetch({ url: stage.api + path });
  const names = headers.map(([name]) => name);
  return ['x-a', 'x-c', 'set-cookie'].filter((name) => names.includes(name));
}
