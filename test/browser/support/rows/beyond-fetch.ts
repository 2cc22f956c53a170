import type { Stage } from '../stage.js';
import * as scripts from './page-scripts.js';
import { A, APP, type Row } from './row.js';

/** What else obeys CORS: streams, modules, fonts, canvases, uploads and beacons. */
export const BEYOND_FETCH: readonly Row[] = [
  {
    number: 31,
    title: "EventSource opens with and without credentials, under '*' only without",
    play: async (stage) => {
      const { page } = await stage.page(A);
      const verdicts = [];
      for (const path of ['session', 'public']) {
        for (const withCredentials of [false, true]) {
          const request = { url: `${stage.api}/events/${path}`, withCredentials };
          verdicts.push(await page.evaluate(scripts.openEvents, request));
        }
      }
      return verdicts;
    },
    expected: ['hello', 'hello', 'hello', 'error'],
  },
  {
    number: 32,
    title: "modules, fonts and canvases use what '*' allows, and not what nobody may",
    play: async (stage) => ({
      everyone: await useFiles(stage, 'everyone'),
      nobody: await useFiles(stage, 'nobody'),
    }),
    expected: {
      everyone: ['imported', 'loaded', 'readable'],
      nobody: ['failed', 'failed', 'tainted'],
    },
  },
  {
    number: 33,
    title: 'an upload listener asks for a preflight that names no headers, and it passes',
    play: async (stage) => {
      const { page } = await stage.page(A);
      const verdict = await page.evaluate(scripts.upload, `${stage.api}/list`);
      const wire = stage
        .received()
        .map(({ method, headers }) => [method, headers['access-control-request-headers']]);
      return [verdict, wire];
    },
    expected: [
      '201',
      [
        ['OPTIONS', undefined],
        ['POST', undefined],
      ],
    ],
  },
  {
    number: 34,
    title: "a beacon with JSON is not sent under '*', and is under a list with content-type",
    play: async (stage) => {
      const star = await stage.page(APP);
      await star.page.evaluate(scripts.beacon, `${stage.api}/beacon/star`);
      await stage.untilReceived(1);
      const refused = [await star.failure(), stage.lines()];
      const listed = await stage.page(APP);
      await listed.page.evaluate(scripts.beacon, `${stage.api}/beacon/listed`);
      await stage.untilReceived(2);
      await stage.untilRan(1);
      return [refused, stage.received().map(({ method }) => method), stage.ran()];
    },
    expected: [
      ['PreflightWildcardOriginNotAllowed', ['OPTIONS /beacon/star 204']],
      ['OPTIONS', 'POST'],
      ['BeaconController.listed'],
    ],
  },
];

async function useFiles(stage: Stage, whose: string): Promise<string[]> {
  const { page } = await stage.page(A);
  const files = `${stage.api}/files/${whose}`;
  return [
    await page.evaluate(scripts.importModule, `${files}/module.js`),
    await page.evaluate(scripts.loadFont, `${files}/font.ttf`),
    await page.evaluate(scripts.readPixel, `${files}/pixel.png`),
  ];
}
