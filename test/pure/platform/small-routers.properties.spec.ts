import { SmallRouters } from '../../../lib/platform/fastify/small-routers.js';
import { fc } from '../../support/fast-check.js';

const LONGEST = 3;

describe('the routers for a target', () => {
  it('are all of them where a segment is longer than a parameter may be', () => {
    const routes = [{ pattern: '/a/:id', index: 0, bound: false }];
    const routers = new SmallRouters(routes, () => undefined, LONGEST);
    const segment = fc.integer({ min: 1, max: LONGEST + 2 }).map((length) => 'a'.repeat(length));
    const property = fc.property(
      fc.array(segment, { minLength: 1, maxLength: 12 }),
      fc.constantFrom('', '?query=as-long-as-it-likes'),
      (segments, query) => {
        const tooLong = segments.some(({ length }) => length > LONGEST);
        expect(routers.at(`/${segments.join('/')}${query}`).isWhole).toBe(tooLong);
      },
    );
    fc.assert(property, { numRuns: 500 });
  });
});
