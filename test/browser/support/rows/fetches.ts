import { everySpelling, everyStatus } from './every.js';
import { A, json, type Row } from './row.js';

/** Which requests are asked about, and by whose policy they are judged. */
export const FETCHES: readonly Row[] = [
  {
    number: 1,
    title: 'an allowed origin reads a GET',
    play: async (stage) => {
      const verdict = await stage.fetch(await stage.page(A), '/list');
      return [verdict, stage.received().map(({ answer }) => answer['access-control-allow-origin'])];
    },
    expected: ['200 cors', [A]],
  },
  {
    number: 2,
    title: "another origin's GET is blocked, although its handler ran",
    play: async (stage) => [await stage.fetch(await stage.page(A), '/other'), stage.ran()],
    expected: ['blocked: MissingAllowOriginHeader', ['OtherController.read']],
  },
  {
    number: 3,
    title: "everyone reads what is under origin '*'",
    play: async (stage) => stage.fetch(await stage.page(A), '/public'),
    expected: '200 cors',
  },
  {
    number: 4,
    title: 'PUT is asked about first',
    play: async (stage) => [
      await stage.fetch(await stage.page(A), '/list', { method: 'PUT' }),
      stage.lines(),
    ],
    expected: ['200 cors', ['OPTIONS /list 204', 'PUT /list 200']],
  },
  {
    number: 5,
    title: 'a method that the policy leaves out is not sent',
    play: async (stage) => [
      await stage.fetch(await stage.page(A), '/put-only', { method: 'DELETE' }),
      stage.lines(),
      stage.ran(),
    ],
    expected: ['blocked: PreflightMissingAllowOriginHeader', ['OPTIONS /put-only 403'], []],
  },
  {
    number: 6,
    title: "'patch' is not PATCH",
    play: async (stage) => {
      const page = await stage.page(A);
      const small = await stage.fetch(page, '/patch', { method: 'patch' });
      return [small, await stage.fetch(page, '/patch', { method: 'PATCH' }), stage.ran()];
    },
    expected: [
      'blocked: PreflightMissingAllowOriginHeader',
      '200 cors',
      ['PatchController.change'],
    ],
  },
  {
    number: 16,
    title: 'a JSON POST is asked about, a text/plain POST is not',
    play: async (stage) => {
      const page = await stage.page(A);
      const verdicts = [
        await stage.fetch(page, '/list', { method: 'POST', ...json }),
        await stage.fetch(page, '/list', { method: 'POST', body: { kind: 'text', value: '{}' } }),
      ];
      return [verdicts, stage.lines()];
    },
    expected: [
      ['201 cors', '201 cors'],
      ['OPTIONS /list 204', 'POST /list 201', 'POST /list 201'],
    ],
  },
  {
    number: 26,
    title: 'every status can be read, whoever answers',
    play: everyStatus,
    expected: [401, 403, 404, 405, 413, 429, 500, 503].map((status) => `${status} cors`),
  },
  {
    number: 27,
    title: "a script's own OPTIONS reaches its handler",
    play: async (stage) => [
      await stage.fetch(await stage.page(A), '/list/plain', { method: 'OPTIONS' }),
      stage.lines(),
      stage.ran(),
    ],
    expected: [
      '200 cors',
      ['OPTIONS /list/plain 204', 'OPTIONS /list/plain 200'],
      ['ListController.options'],
    ],
  },
  {
    number: 37,
    title: 'two methods of one path, each under its own policy',
    play: async (stage) => {
      const page = await stage.page(A);
      const put = await stage.fetch(page, '/two', { method: 'PUT' });
      return [put, await stage.fetch(page, '/two', { method: 'DELETE' }), stage.ran()];
    },
    expected: [
      '200 cors',
      'blocked: PreflightMissingAllowOriginHeader',
      ['TwoPoliciesController.replace'],
    ],
  },
  {
    number: 38,
    title: 'HEAD, %61, trailing and double slashes: the policy of what was served',
    play: everySpelling,
    expected: { verdicts: ['200 cors', '200 cors', '200 cors'], mismatches: [] },
  },
];
