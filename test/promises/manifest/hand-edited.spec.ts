import {
  type CorsManifest,
  diffManifests,
  exportPolicies,
  manifestPaths,
  narrowManifest,
} from 'nestjs-cors/export';
import { fc } from '../../support/fast-check.js';
import { manifestOf } from '../edge/support/shop.js';

const RUNS = Number(process.env['CORS_EDITS'] ?? 300);
const TARGETS = ['nginx', 'haproxy', 'caddy', 'gateway-api'] as const;
const ANY = { origin: '*' } as const;

type Read = (manifest: CorsManifest) => unknown;

let good: CorsManifest;
beforeAll(async () => {
  good = JSON.parse(JSON.stringify(await manifestOf())) as CorsManifest;
});

/** All that reads manifests. */
const READERS: readonly (readonly [string, Read])[] = [
  ['diffManifests() before', (manifest) => diffManifests(manifest, good)],
  ['diffManifests() after', (manifest) => diffManifests(good, manifest)],
  ['narrowManifest()', (manifest) => narrowManifest(manifest, ANY)],
  ['manifestPaths()', (manifest) => manifestPaths(manifest, { within: ANY })],
  ...TARGETS.map((target): readonly [string, Read] => [
    `exportPolicies() for ${target}`,
    (manifest) => exportPolicies(manifest, { target, listen: '8080', upstream: '127.0.0.1:3000' }),
  ]),
];

/** Taken, refused for what it says, or refused as no manifest: never a failure in the midst of reading. */
const EXPECTED = /^(?:taken$|CorsNarrowingError: |CorsExportError: |Error: .*manifest)/s;

/** What somebody is told who gives a manifest. */
function said(read: Read, manifest: unknown): string {
  try {
    read(manifest as CorsManifest);
    return 'taken';
  } catch (error) {
    return String(error);
  }
}

const EDITS: readonly (readonly [string, (manifest: CorsManifest) => unknown, string])[] = [
  ['nothing at all', () => null, 'a manifest of format 1 is expected, this has undefined'],
  ['a number', () => 7, 'a manifest of format 1 is expected, this has undefined'],
  ['another format', (it) => ({ ...it, format: 2 }), 'a manifest of format 1 is expected, this has 2'],
  ['no routes', (it) => ({ ...it, routes: undefined }), 'manifest.routes cannot be undefined'],
  ['a route without a path', (it) => ({ ...it, routes: [{ ...it.routes[0], path: 7 }] }), 'manifest.routes[0].path cannot be 7'],
  ['an origin that is none', (it) => ({ ...it, policies: { a: { ...it.policies['app'], origin: [1] } } }), 'manifest.policies.a.origin[0] cannot be 1'],
  ['text for a number', (it) => ({ ...it, policies: { ...it.policies, app: { ...it.policies['app'], maxAge: '1;' } } }), 'manifest.policies.app.maxAge cannot be "1;"'],
  ['a policy that is missing', (it) => ({ ...it, default: { policy: 'gone' } }), 'manifest.default names "gone", which manifest.policies lacks'],
]; // prettier-ignore

describe('a manifest that somebody has edited', () => {
  describe.each(EDITS)('%s', (_title, edit, message) => {
    it.each(READERS)('%s names the place and the way out', (_name, read) => {
      const manifest = edit(structuredClone(good));
      expect(said(read, manifest)).toBe(
        `Error: ${message}; make it anew with \`npx nestjs-cors manifest\``,
      );
    });
  });

  it.each(READERS)('%s never fails in the midst of it', (_name, read) => {
    const places = placesIn(good);
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.jsonValue({ maxDepth: 1 }), (place, value) => {
        const manifest = structuredClone(good);
        put(manifest, place, value);
        expect(said(read, manifest)).toMatch(EXPECTED);
      }),
      { numRuns: RUNS },
    );
  });
});

type Place = readonly (string | number)[];

/** Every place of a value, the deepest ones too. */
function placesIn(value: unknown, at: Place = []): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [at];
  const below = Object.entries(value).flatMap(([key, item]) => placesIn(item, [...at, key]));
  return at.length === 0 ? below : [at, ...below];
}

function put(root: unknown, place: Place, value: unknown): void {
  const parent = place
    .slice(0, -1)
    .reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], root);
  (parent as Record<string, unknown>)[place.at(-1) as string] = value;
}
