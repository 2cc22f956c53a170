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

const NUMBERS = Array.from({ length: 99 }, (_, index) => index % 10);

/** Targets of 99 segments that services disagree about. */
const HOSTILE: Readonly<Record<string, string>> = {
  parameters: `/api${NUMBERS.map((number) => `;a${number}`).join('')}`,
  'doubled slashes': `/api${NUMBERS.map((number) => `//a${number}`).join('')}`,
  'encoded slashes': `/api${NUMBERS.map((number) => `%2fa${number}`).join('')}`,
  'slashes encoded twice': `/api${NUMBERS.map((number) => `%252fa${number}`).join('')}`,
  backslashes: `/api${NUMBERS.map((number) => `\\a${number}`).join('')}`,
  'queries decoded early': `/api${NUMBERS.map((number) => `%3fa${number}`).join('')}`,
  dots: `/api${NUMBERS.map((number) => `/a${number}/..`).join('')}`,
};

describe('what a target of 99 disputed segments costs', () => {
  it.each(Object.entries(HOSTILE))('%s: as much with 1,000 entries as with 10', (_, target) => {
    for (const policies of [1, 2]) {
      const [few, more, many] = [10, 200, 1_000].map((count) => {
        const paths = new PathPolicies(entries(count, policies), true);
        return operationsOf(() => paths.select(target, 'GET'));
      });
      expect([more, many]).toEqual([few, few]);
      expect(many?.mapLookups).toBeLessThanOrEqual(32);
    }
  });
});
