import { APP, EVIL } from '../../support/origins.js';
import { PLATFORMS } from '../../support/platforms.js';
import { type HeaderLine, send } from '../../support/raw.js';
import { HANDSHAKE } from './support/raw-upgrade.js';
import type { Reached } from './support/way.js';
import { IN_PARENT, WAYS } from './support/ways.js';

/** Who asks: an `Origin` and a `Sec-Fetch-Site`, and whether sockets and JSONP are open to them. */
type Asker = readonly [
  name: string,
  origin: string | undefined,
  site: string | undefined,
  opens: boolean,
  jsonp?: boolean,
];

/** `Host` is `localhost`. */
const ASKERS: readonly Asker[] = [
  ['the allowed origin', APP, undefined, true],
  ['the allowed origin, another site', APP, 'cross-site', true],
  ['the own origin', 'http://localhost', undefined, true],
  ['the own origin behind TLS', 'https://localhost', undefined, true],
  ['the own origin, by the word of the browser', EVIL, 'same-origin', true],
  ['a stranger', EVIL, undefined, false],
  ['a stranger of another site', EVIL, 'cross-site', false],
  ['a look-alike', `${APP}.evil.test`, undefined, false],
  ['null', 'null', 'cross-site', false],
  ['two origins', `${APP}, ${EVIL}`, undefined, false],
  ['another scheme of the own host', 'ftp://localhost', undefined, false],
  ['another port of the own host', 'http://localhost:8080', undefined, false],
  ['a program', undefined, undefined, true, false],
  ['the address bar', undefined, 'none', true],
  ['an element of a page of its own', undefined, 'same-origin', true],
  ['an element of a page of the same site', undefined, 'same-site', false],
  ['an element of any page', undefined, 'cross-site', false],
  ['an element that says it twice', undefined, 'same-origin, cross-site', false],
];

const CASES = PLATFORMS.flatMap((platform) => {
  const ways = platform === 'express' ? [...WAYS, IN_PARENT] : WAYS;
  return ways.map((way) => ({ title: `${way.name} on ${platform}`, platform, way }));
});

describe.each(CASES)('$title', ({ platform, way }) => {
  let reached: Reached;
  beforeAll(async () => {
    reached = await way.start(platform);
  });
  afterAll(() => reached?.close());

  const status = async (
    path: string,
    [, origin, site]: Asker,
    further: readonly HeaderLine[] = [],
  ): Promise<number> => {
    const headers: HeaderLine[] = [['Cookie', 'session=7'], ...further];
    if (origin !== undefined) headers.push(['Origin', origin]);
    if (site !== undefined) headers.push(['Sec-Fetch-Site', site]);
    return (await send(reached.port, { path, headers }, 'head')).status;
  };

  it('opens by upgrade for nobody who is denied', async () => {
    // The first connection of all is a stranger's: nobody may have to come before.
    for (const asker of [...ASKERS].reverse())
      expect([asker[0], await status(way.targets.upgrade ?? '', asker, HANDSHAKE)]).toEqual([
        asker[0],
        asker[3] ? 101 : 403,
      ]);
  });

  const { polling, jsonp } = way.targets;
  if (polling === undefined || jsonp === undefined) return;

  it('opens by polling for nobody who is denied', async () => {
    for (const asker of ASKERS)
      expect([asker[0], await status(polling, asker)]).toEqual([asker[0], asker[3] ? 200 : 403]);
  });

  it('opens by JSONP for nobody who is denied', async () => {
    for (const asker of ASKERS) {
      const [name, , , opens, byScript = opens] = asker;
      expect([name, await status(jsonp, asker)]).toEqual([name, byScript ? 200 : 403]);
    }
  });
});
