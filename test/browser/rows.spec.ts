import { describeInChromium } from './support/chromium.js';
import { PLATFORMS } from './support/nest-app.js';
import { createRowsApplication } from './support/rows/application.js';
import { ROWS } from './support/rows/table.js';
import { Theatre } from './support/theatre.js';

describeInChromium('rows', (executablePath) => {
  let theatre: Theatre | undefined;

  beforeAll(async () => {
    theatre = await Theatre.open(executablePath, createRowsApplication);
  }, 300_000);

  afterAll(() => theatre?.close());

  it('are all there', () => {
    const numbers = ROWS.map(({ number }) => number);
    expect([...new Set(numbers)]).toEqual(Array.from({ length: 38 }, (_, index) => index + 1));
  });

  describe.each(PLATFORMS)('on %s', (platform) => {
    it.each(ROWS)(
      '$number $title',
      async ({ play, expected }) => {
        const stage = await (theatre as Theatre).stage(platform);
        try {
          expect(await play(stage)).toEqual(expected);
        } finally {
          await stage.close();
        }
      },
      30_000,
    );
  });
});
