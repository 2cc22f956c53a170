import { PathPolicies, type PathEntry } from '../../../lib/paths/path-policies.js';
import { NO_CORS_POLICY } from '../../../lib/protocol/compiled-policy.js';
import { operationsOf } from './support/counting.js';

/** Areas below one path, with two policies in turn, or one. */
function entries(count: number, policies: number): readonly PathEntry[] {
  return Array.from({ length: count }, (_, index) => ({
    path: `/api/a${index}`,
    prefix: true,
    methods: undefined,
    policy: { ...NO_CORS_POLICY, id: `p${index % policies}`, reject: index === 0 },
    keepExposedHeaders: false,
    where: `paths[${index}]`,
  }));
}

/** Services disagree about each of the segments that these make. */
const HOSTILE: Readonly<Record<string, (name: string) => string>> = {
  parameters: (name) => `;${name}`,
  'doubled slashes': (name) => `//${name}`,
  'encoded slashes': (name) => `%2f${name}`,
  'slashes encoded twice': (name) => `%252F${name}`,
  backslashes: (name) => `\\${name}`,
  'encoded backslashes': (name) => `%5C${name}`,
  'encoded parameters': (name) => `%3b${name}`,
  'queries decoded early': (name) => `%3f${name}`,
  fragments: (name) => `#${name}`,
  'encoded fragments': (name) => `%23${name}`,
  dots: (name) => `/${name}/..`,
  'encoded dots': (name) => `/${name}/%2e%2E`,
  'encoded letters': (name) => `/%61${name}`,
  'letters encoded twice': (name) => `/%2561${name}`,
  'letters beyond ASCII': (name) => `/%c3%a4${name}`,
  spaces: (name) => `/%20${name}`,
};

function targetOf(segment: (name: string) => string, count: number): string {
  return `/api${Array.from({ length: count }, (_, index) => segment(`a${index % 10}`)).join('')}`;
}

describe.each(Object.entries(HOSTILE))('a target of disputed segments: %s', (_, segment) => {
  it.each([1, 2])(
    'costs as much with 1,000 entries as with 10, however many segments it has: %d policies',
    (policies) => {
      const costs = [10, 200, 1_000].flatMap((count) => {
        const paths = new PathPolicies(entries(count, policies), true);
        return [99, 990].map((segments) => {
          const target = targetOf(segment, segments);
          return operationsOf(() => paths.select(target, 'GET'));
        });
      });
      for (const cost of costs) expect(cost).toEqual(costs[0]);
      // As of a plain target: one pass, and no further than the disputes of a legitimate one go.
      expect(costs[0]).toMatchObject({ mapLookups: 1, setLookups: 0 });
      expect(costs[0]?.characters).toBeLessThan(400);
      expect(costs[0]?.regexps).toBe(0);
    },
  );
});

it.each([
  ['a file name in another script', `/api/a1/${encodeURIComponent('\u6771\u4eac'.repeat(40))}`],
  [
    'a list of numbers',
    `/api/a1/${encodeURIComponent(Array.from({ length: 80 }, (_, i) => i).join(','))}`,
  ],
  ['a title', `/api/a1/${encodeURIComponent('word '.repeat(60).trim())}`],
])('%s is read to its end, however much of it is encoded', (_, target) => {
  const paths = new PathPolicies(entries(10, 10), true);
  expect(paths.select(target, 'GET').entry?.path).toBe('/api/a1');
});
