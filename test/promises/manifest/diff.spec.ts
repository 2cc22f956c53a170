import type { INestApplication } from '@nestjs/common';
import { type CorsExplanation, CorsInspector, type CorsManifest } from 'nestjs-cors';
import { type CorsManifestDifference, diffManifests } from 'nestjs-cors/export';
import { createAdapter, type PlatformName, PLATFORMS } from '../../support/platforms.js';
import { Random } from '../../support/random.js';
import { SEED } from '../../support/seed.js';
import { startApp } from '../../support/test-app.js';
import { closeConnections } from '../router/agreement/client.js';
import { type Permissions, permissionsOf, permitsMore, type Question } from './random/answers.js';
import {
  type Configuration,
  controllerOf,
  corsOf,
  mutated,
  ORIGINS,
  randomConfiguration,
} from './random/configuration.js';
import { written } from './random/written.js';

/** Pairs of configurations per platform. The recorded run is `CORS_DIFF=1000`, which is 2,000 pairs. */
const PAIRS = Number(process.env['CORS_DIFF'] ?? 8);
const QUESTIONS = 60;
const METHODS = ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'POST'];
const TARGETS = [
  '/a',
  '/a/new',
  '/a/7',
  '/z',
  '/b/y/c',
  '/b/y/7',
  '/b/7/c',
  '/files/k',
  '/files/k/l',
  '/z/k',
  '/raw',
  '/raw/k',
  '/z/k/l/m',
];
const MORE = ['wider', 'changed', 'unknown'];
const LESS = ['narrower', 'changed', 'unknown'];

interface Side {
  readonly app: INestApplication;
  readonly port: number;
  readonly configuration: Configuration;
  readonly manifest: CorsManifest;
}

async function start(configuration: Configuration, platform: PlatformName): Promise<Side> {
  const description = { controllers: [controllerOf(configuration)], cors: corsOf(configuration) };
  const { app, port } = await startApp(createAdapter(platform), description);
  return { app, port, configuration, manifest: app.get(CorsInspector).manifest() };
}

/** A question, who decides about it on either side, and what each of them permits. */
interface Asked {
  readonly question: Question;
  readonly places: readonly string[];
  readonly more: boolean;
  readonly less: boolean;
}

async function ask(sides: readonly [Side, Side], question: Question): Promise<Asked> {
  const { method, path, origin } = question;
  const places = await Promise.all(
    sides.map(async ({ app, configuration }) =>
      placeOf(await app.get(CorsInspector).explain(method, path, origin), configuration, question),
    ),
  );
  const [was, is] = (await Promise.all(sides.map(({ port }) => permissionsOf(port, question)))) as [
    Permissions,
    Permissions,
  ];
  return { question, places, more: permitsMore(is, was), less: permitsMore(was, is) };
}

/** A handler that leaves it to `paths`: an entry of those, or `default`. */
const BEYOND_ROUTES = "@CorsPolicy('paths')";

/** The place of an explanation as the differences name it. */
function placeOf(
  { source, where }: CorsExplanation,
  { routes, paths }: Configuration,
  { method }: Question,
): string {
  const route = routes[Number(/\.h(\d+)$/.exec(where ?? '')?.[1])];
  if (route?.policy === 'paths') return BEYOND_ROUTES;
  if (source === 'paths')
    return `paths ${paths[Number(/\d+/.exec(where ?? '')?.[0])]?.path}`.replace('/*rest', '/*');
  if (route === undefined) return 'default';
  const serves = [method, 'ALL', ...(method === 'HEAD' ? ['GET'] : [])].includes(route.method);
  return serves ? `${route.method} ${route.path}` : `other methods of ${route.path}`;
}

/** Every complaint about the differences, given what was asked. */
function complaints(
  differences: readonly CorsManifestDifference[],
  asked: readonly Asked[],
): readonly unknown[] {
  return asked.flatMap((one) => {
    const here = differences.filter(({ place }) => one.places.some((name) => isPlace(place, name)));
    const verdicts = here.map(({ verdict }) => verdict);
    const missing =
      (one.more && !verdicts.some((verdict) => MORE.includes(verdict))) ||
      (one.less && !verdicts.some((verdict) => LESS.includes(verdict)));
    return missing ? [{ missing: one, here }] : [];
  });
}

/** `paths` places carry their methods, routes for other methods any of the routes that agree. */
function isPlace(place: string, name: string): boolean {
  if (name === BEYOND_ROUTES) return place === 'default' || place.startsWith('paths ');
  if (name.startsWith('other methods')) return place.startsWith('other methods');
  return place === name || place.startsWith(`${name} (`);
}

/** Some request at the example of a difference shows it, and the witness is allowed now and was not. */
async function unproved(
  sides: readonly [Side, Side],
  difference: CorsManifestDifference,
): Promise<readonly unknown[]> {
  const { example, verdict, witness, options } = difference;
  if (example === undefined || verdict === 'unknown') return [];
  const back = diffManifests(sides[1].manifest, sides[0].manifest).find(
    ({ place, before, after }) =>
      place === difference.place &&
      before.policy === difference.after.policy &&
      after.policy === difference.before.policy,
  );
  const origins = [...new Set([...ORIGINS, witness, back?.witness])].filter(
    (origin) => origin !== undefined,
  );
  const asked: Asked[] = [];
  for (const origin of origins)
    for (const header of ['x-a', 'x-b', 'x-c'])
      asked.push(await ask(sides, { ...example, origin, header }));
  const [more, less] = [asked.some((one) => one.more), asked.some((one) => one.less)];
  const wrong = [];
  if (verdict === 'wider' && less) wrong.push('wider, and somebody gets less');
  if (verdict === 'narrower' && more) wrong.push('narrower, and somebody gets more');
  if (witness !== undefined) {
    const respect = options.some(
      ({ option, witness: own }) => option === 'origin' && own !== undefined,
    )
      ? 'read'
      : 'credentials';
    const [was, is] = await Promise.all(
      sides.map(({ port }) => permissionsOf(port, { ...example, origin: witness, header: 'x-a' })),
    );
    if (was?.[respect] !== 0 || is?.[respect] !== 1) wrong.push(`witness for ${respect}`);
  }
  return wrong.map((what) => ({
    what,
    difference,
    asked: asked.filter((one) => one.more || one.less).slice(0, 2),
  }));
}

describe.each(PLATFORMS)('diffManifests() on %s', (platform) => {
  afterAll(closeConnections);

  it(`leaves nothing out, and calls nothing narrower that is not, for ${PAIRS} random pairs (CORS_SEED=${SEED})`, async () => {
    const random = new Random(SEED);
    let found = 0;
    for (let pair = 0; pair < PAIRS; pair += 1) {
      const configuration = written(randomConfiguration(random), platform);
      const other = random.chance(0.15)
        ? written(randomConfiguration(random), platform)
        : written(mutated(random, configuration), platform);
      const sides = [await start(configuration, platform), await start(other, platform)] as const;
      const differences = diffManifests(sides[0].manifest, sides[1].manifest);
      const asked: Asked[] = [];
      for (let count = 0; count < QUESTIONS; count += 1) {
        const [method, path] = [random.pick(METHODS), random.pick(TARGETS)];
        const question = {
          method,
          path,
          origin: random.pick(ORIGINS),
          header: random.pick(['x-a', 'x-b', 'x-c']),
        };
        asked.push(await ask(sides, question));
      }
      const wrong = [...complaints(differences, asked)];
      for (const difference of differences) wrong.push(...(await unproved(sides, difference)));
      found += differences.length;
      await Promise.all(sides.map(({ app }) => app.close()));
      if (wrong.length > 0)
        throw new Error(
          JSON.stringify(
            { pair, wrong: wrong.slice(0, 3), configuration, other, differences },
            undefined,
            1,
          ),
        );
    }
    expect(found).toBeGreaterThan(0);
  }, 3_600_000);
});
