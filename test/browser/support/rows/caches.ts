import type { PlannedFetch } from '../scenario.js';
import type { Stage } from '../stage.js';
import { A, type Row } from './row.js';

const put = { method: 'PUT' } as const;
const remove = { method: 'DELETE' } as const;

/** What browsers remember of preflights and of responses. */
export const CACHES: readonly Row[] = [
  {
    number: 17,
    title: 'maxAge 600: two PUTs, one preflight',
    play: (stage) => sent(stage, '/remember/long', put, put),
    expected: 'OPTIONS PUT PUT',
  },
  {
    number: 18,
    title: 'maxAge -1: two PUTs, two preflights',
    play: (stage) => sent(stage, '/remember/never', put, put),
    expected: 'OPTIONS PUT OPTIONS PUT',
  },
  {
    number: 19,
    title: 'PUT and DELETE under one policy share a preflight, under two they do not',
    play: async (stage) => [
      await sent(stage, '/remember/together', put, remove),
      await sent(stage, '/remember/apart', put, remove),
    ],
    expected: ['OPTIONS PUT DELETE', 'OPTIONS PUT OPTIONS DELETE'],
  },
  {
    number: 20,
    title: 'a preflight without credentials does not do for a request with them',
    play: (stage) => sent(stage, '/session', put, { ...put, credentials: 'include' }),
    expected: 'OPTIONS PUT OPTIONS PUT',
  },
  {
    number: 28,
    title: 'two pages read the same cacheable response, each from an answer of its own',
    play: async (stage) => {
      const one = await stage.page('http://a.page.example');
      const other = await stage.page('http://b.page.example');
      const verdicts = [
        await stage.fetch(one, '/cacheable'),
        await stage.fetch(other, '/cacheable'),
      ];
      return [verdicts, stage.received().map(({ answer }) => answer['vary'])];
    },
    expected: [
      ['200 cors', '200 cors'],
      ['Origin', 'Origin'],
    ],
  },
  {
    number: 29,
    title: 'an image loads without and then with crossorigin',
    play: async (stage) => {
      const { page } = await stage.page(A);
      const url = `${stage.api}/files/listed/pixel.png`;
      const loads = [
        await page.evaluate(loadImage, { url, crossOrigin: null }),
        await page.evaluate(loadImage, { url, crossOrigin: 'anonymous' }),
      ];
      return [loads, stage.received().map(({ headers }) => headers.origin)];
    },
    expected: [
      ['loaded', 'loaded'],
      [undefined, A],
    ],
  },
  {
    number: 30,
    title: 'a 304 brings the body from the cache, under headers of its own',
    play: async (stage) => {
      const page = await stage.page(A);
      const url = `${stage.api}/cacheable/etag`;
      const seen = [await page.fetch({ url }), await page.fetch({ url })].map(
        ({ text, headers }) => [text, new Map(headers).has('x-asked')],
      );
      const wire = stage
        .received()
        .map(({ status, answer }) => [
          status,
          answer['access-control-allow-origin'],
          answer['access-control-expose-headers'],
        ]);
      return [seen, wire];
    },
    expected: [
      [
        ['body', true],
        ['body', true],
      ],
      [
        [200, A, 'ETag, X-Asked'],
        [304, A, 'ETag, X-Asked'],
      ],
    ],
  },
];

/** The methods on the wire for some fetches of one page. */
async function sent(
  stage: Stage,
  path: string,
  ...fetches: readonly Partial<PlannedFetch>[]
): Promise<string> {
  const page = await stage.page(A);
  for (const init of fetches) await stage.fetch(page, path, init);
  const methods = stage.received().map(({ method }) => method);
  return methods.join(' ');
}

interface ImageRequest {
  readonly url: string;
  readonly crossOrigin: string | null;
}

/** Runs in the page. */
function loadImage({ url, crossOrigin }: ImageRequest): Promise<string> {
  return new Promise((resolve) => {
    const image = new Image();
    image.crossOrigin = crossOrigin;
    image.addEventListener('load', () => resolve('loaded'));
    image.addEventListener('error', () => resolve('failed'));
    image.src = url;
  });
}
