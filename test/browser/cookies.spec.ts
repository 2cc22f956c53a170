import { COOKIE_ROWS, FETCH_ROWS, titleOf } from '../pure/testing/cookies/cookies.table.js';
import { describeInChromium } from './support/chromium.js';
import { CookieBrowser } from './support/cookie-browser.js';

/** Refused without a word in the developer tools. */
const UNSAID = 'SyntaxError';

describeInChromium('cookies', (executablePath) => {
  const chromium = new CookieBrowser();

  beforeAll(() => chromium.open(executablePath), 60_000);
  beforeEach(() => chromium.clear());
  afterAll(() => chromium.close());

  it.each(COOKIE_ROWS.map((row) => [titleOf(row), row] as const))(
    '%s',
    async (_title, { visits, see, sent, refused }) => {
      let reasons: readonly string[] = [];
      for (const [url, line] of visits) reasons = await chromium.visit(url, line);
      expect(reasons).toEqual(refused === undefined || refused === UNSAID ? [] : [refused]);
      expect(await chromium.cookieAt(see)).toBe(sent);
    },
    30_000,
  );

  it.each(FETCH_ROWS)(
    'a page at %s, from %s: %s',
    async (page, url, line, refused) => {
      await chromium.visit(`${page}/`);
      const reasons = await chromium.fetch(url, line);
      // The tools say `Schemeful…`, also where not only the scheme is another.
      const names = reasons.map((reason) => reason.replace(/^Schemeful/, ''));
      expect(names).toEqual(refused === undefined ? [] : [refused]);
      expect(await chromium.cookieAt(url)).toBe(refused === undefined ? 'a=1' : '');
    },
    30_000,
  );
});
