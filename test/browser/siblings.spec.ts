import { describeInChromium } from './support/chromium.js';
import { PLATFORMS } from './support/nest-app.js';
import { A } from './support/rows/row.js';
import { createSiblings } from './support/siblings.application.js';
import type { Stage } from './support/stage.js';
import { Theatre } from './support/theatre.js';

/** Where a PUT may be sent, and a DELETE of the very same URL may not. */
const PATHS = [
  ['whose handler is @NoCors()', '/no-cors/7'],
  ['under another policy', '/other-policy/7'],
  ['whose controller is @NoCors(), where both have the path', '/split/7'],
  ['of a more specific path that is @NoCors()', '/overlap/special'],
  ['of a parameter path that is @NoCors(), under a static PUT', '/reverse/special'],
  ['of a wildcard @All() that is @NoCors()', '/all/7'],
  ["although the PUT's policy lists DELETE among its methods", '/listed/7'],
] as const;

describeInChromium('siblings', (executablePath) => {
  let theatre: Theatre | undefined;

  beforeAll(async () => {
    theatre = await Theatre.open(executablePath, createSiblings);
  }, 60_000);

  afterAll(() => theatre?.close());

  describe.each(PLATFORMS)('on %s, a preflight for PUT does not open a DELETE', (platform) => {
    let stage: Stage;

    beforeEach(async () => {
      stage = await (theatre as Theatre).stage(platform);
    });

    afterEach(() => stage.close());

    it.each(PATHS)(
      '%s',
      async (_where, path) => {
        const page = await stage.page(A);
        expect(await stage.fetch(page, path, { method: 'PUT' })).toBe('200 cors');
        const [put] = stage.ran();
        expect(put).toMatch(/\.update$/);
        const verdict = await stage.fetch(page, path, { method: 'DELETE' });
        expect(verdict).toBe('blocked: PreflightMissingAllowOriginHeader');
        expect(stage.ran()).toEqual([]);
        // Chromium forgets what it remembered of a URL as soon as that does not do.
        expect(await stage.fetch(page, path, { method: 'PUT' })).toBe('200 cors');
        expect(stage.lines()).toEqual([
          `OPTIONS ${path} 204`,
          `PUT ${path} 200`,
          `OPTIONS ${path} 403`,
          `OPTIONS ${path} 204`,
          `PUT ${path} 200`,
        ]);
      },
      30_000,
    );

    it('and does open one under the same policy, with no further preflight', async () => {
      const page = await stage.page(A);
      await stage.fetch(page, '/same/7', { method: 'PUT' });
      expect(await stage.fetch(page, '/same/7', { method: 'DELETE' })).toBe('200 cors');
      expect(stage.lines()).toEqual([
        'OPTIONS /same/7 204',
        'PUT /same/7 200',
        'DELETE /same/7 200',
      ]);
      expect(stage.ran()).toEqual(['SameController.update', 'SameController.remove']);
    }, 30_000);
  });
});
