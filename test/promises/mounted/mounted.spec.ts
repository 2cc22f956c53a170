import express from 'express';
import type { CorsModuleOptions } from 'nestjs-cors';
import { corsLines, varyNames } from '../../support/observe.js';
import { EVIL } from '../../support/origins.js';
import { send } from '../../support/raw.js';
import type { RunningApp } from '../../support/test-app.js';
import {
  BY_THE_INNER,
  BY_THE_OUTER,
  BACK_TO_THE_OUTER,
  OUTSIDE,
  type MountedRow,
} from './mounted.table.js';
import { instanceOf, ran, startInPlainExpress, startOuter } from './support/applications.js';

const DEFAULT: CorsModuleOptions = { default: { origin: EVIL } };
const HANDS_OVER: CorsModuleOptions = {
  ...DEFAULT,
  paths: [{ path: '/inner/*rest', policy: 'passthrough' }],
};
const DECIDES: CorsModuleOptions = { paths: [{ path: '/inner/*rest', policy: { origin: EVIL } }] };
const DECIDES_SLOWLY: CorsModuleOptions = {
  paths: [
    { path: '/inner/*rest', policy: { origin: (origin) => Promise.resolve(origin === EVIL) } },
  ],
};

interface Mount {
  readonly title: string;
  readonly start: () => Promise<RunningApp>;
  readonly rows: readonly MountedRow[];
}

const WITH_OUTER = [...BY_THE_INNER, ...OUTSIDE];

const MOUNTS: readonly Mount[] = [
  {
    title: 'Nest in Nest, mounted before it is initialised',
    start: () =>
      startOuter('express', DEFAULT, (outer, inner) => void outer.use('/inner', instanceOf(inner))),
    rows: [...WITH_OUTER, ...BACK_TO_THE_OUTER],
  },
  {
    title: 'Nest in Nest, mounted after it was initialised',
    start: () =>
      startOuter('express', DEFAULT, async (outer, inner) => {
        await inner.init();
        outer.use('/inner', instanceOf(inner));
      }),
    rows: [...WITH_OUTER, ...BACK_TO_THE_OUTER],
  },
  {
    title: "Nest under an express.Router of Nest, which says 'passthrough'",
    start: () =>
      startOuter('express', HANDS_OVER, (outer, inner) => {
        outer.use('/inner', express.Router().use(instanceOf(inner)));
      }),
    rows: WITH_OUTER,
  },
  {
    title: "Nest (Express) in Nest (Fastify), which says 'passthrough'",
    start: () =>
      startOuter(
        'fastify',
        HANDS_OVER,
        (outer, inner) => void outer.use('/inner', instanceOf(inner)),
      ),
    rows: WITH_OUTER,
  },
  {
    title: 'Nest (Express) in Nest (Fastify), which has no policy for it',
    start: () =>
      startOuter('fastify', {}, (outer, inner) => void outer.use('/inner', instanceOf(inner))),
    rows: BY_THE_INNER,
  },
  { title: 'Nest in a plain Express application', start: startInPlainExpress, rows: BY_THE_INNER },
  {
    title: 'Nest under an express.Router of Nest, which says nothing but its default',
    start: () =>
      startOuter('express', DEFAULT, (outer, inner) => {
        outer.use('/inner', express.Router().use(instanceOf(inner)));
      }),
    rows: BY_THE_OUTER,
  },
  {
    title: 'Nest (Express) in Nest (Fastify), which says nothing but its default',
    start: () =>
      startOuter('fastify', DEFAULT, (outer, inner) => void outer.use('/inner', instanceOf(inner))),
    rows: BY_THE_OUTER,
  },
  {
    title: 'Nest in Nest, which has an entry of `paths` for it',
    start: () =>
      startOuter('express', DECIDES, (outer, inner) => void outer.use('/inner', instanceOf(inner))),
    rows: BY_THE_OUTER,
  },
  {
    title: 'Nest in Nest, whose entry of `paths` for it has an asynchronous predicate',
    start: () =>
      startOuter(
        'express',
        DECIDES_SLOWLY,
        (outer, inner) => void outer.use('/inner', instanceOf(inner)),
      ),
    rows: BY_THE_OUTER,
  },
  {
    title: 'Nest (Express) in Nest (Fastify), which has an entry of `paths` for it',
    start: () =>
      startOuter('fastify', DECIDES, (outer, inner) => void outer.use('/inner', instanceOf(inner))),
    rows: BY_THE_OUTER,
  },
];

describe.each(MOUNTS)('$title', ({ start, rows }) => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await start();
  });
  afterAll(() => app.close());

  it.each(rows)('$promise: $name', async ({ request, expected }) => {
    ran.length = 0;
    const response = await send(app.port, request);
    const { status, body } = response;
    const observed = { status, cors: corsLines(response), vary: varyNames(response) };
    expect({ ...observed, ...(expected.body !== undefined && { body }) }).toEqual(expected);
    expect(ran).toEqual([]);
  });
});
