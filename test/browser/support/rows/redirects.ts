import type { Stage } from '../stage.js';
import { A, type Row } from './row.js';

/** Redirects: every hop needs its own permission. */
export const REDIRECTS: readonly Row[] = [
  {
    number: 21,
    title: 'a redirect within the API keeps the origin',
    play: async (stage) => [await stage.fetch(await stage.page(A), '/redirect/near'), hops(stage)],
    expected: ['200 cors', [`GET api/redirect/near ${A} 302`, `GET api/list ${A} 200`]],
  },
  {
    number: 22,
    title: 'a redirect to another origin loses it, and is blocked there',
    play: async (stage) => [await stage.fetch(await stage.page(A), '/redirect/far'), hops(stage)],
    expected: [
      'blocked: MissingAllowOriginHeader',
      [`GET api/redirect/far ${A} 302`, 'GET cdn/list null 200'],
    ],
  },
  {
    number: 23,
    title: 'a redirect to another origin is asked about again, as null, and refused',
    play: async (stage) => {
      const headers = [['X-Custom', '1'] as const];
      const page = await stage.page(A);
      const verdict = await stage.fetch(page, '/redirect/far-again', { headers });
      return [verdict, hops(stage)];
    },
    expected: [
      'blocked: PreflightMissingAllowOriginHeader',
      [
        `OPTIONS api/redirect/far-again ${A} 204`,
        `GET api/redirect/far-again ${A} 307`,
        'OPTIONS cdn/list null 403',
      ],
    ],
  },
  {
    number: 24,
    title: 'a redirect to the trailing slash can be followed',
    play: async (stage) => [
      await stage.fetch(await stage.page(A), '/redirect/directory'),
      hops(stage),
    ],
    expected: [
      '200 cors',
      [`GET api/redirect/directory ${A} 301`, `GET api/redirect/directory/ ${A} 200`],
    ],
  },
];

function hops(stage: Stage): string[] {
  return stage.received().map(({ method, host, url, headers, status }) => {
    const [name] = host.split('.');
    return `${method} ${name}${url} ${headers.origin} ${status}`;
  });
}
