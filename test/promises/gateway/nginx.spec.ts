import { readFileSync } from 'node:fs';
import { describeBehindNginx, type Nginx, startNginx } from '../../support/nginx.js';
import { APP, EVIL } from '../../support/origins.js';
import { PLATFORMS } from '../../support/platforms.js';
import { type HeaderLine, send } from '../../support/raw.js';
import { startUpgradeApp, type RunningUpgradeApp } from '../sockets/support/app.js';
import { gateway } from '../sockets/support/gateways.js';
import { HANDSHAKE } from '../sockets/support/raw-upgrade.js';

const GUIDE = new URL('../../../docs/gateway.md', import.meta.url);

/** The guide's snippet, as readers copy it. */
function documented(): string {
  const [, snippet] = /```nginx\n([\s\S]*?)```/.exec(readFileSync(GUIDE, 'utf8')) ?? [];
  if (snippet === undefined) throw new Error('the guide has no snippet for nginx');
  return snippet;
}

describeBehindNginx("behind the guide's nginx, on a port of its own", (executable) => {
  describe.each(PLATFORMS)('on %s', (platform) => {
    let app: RunningUpgradeApp;
    let nginx: Nginx;

    beforeAll(async () => {
      app = await startUpgradeApp({
        platform,
        trustProxy: true,
        cors: { default: 'strict', policies: { strict: { origin: APP, denied: 'reject' } } },
        gateways: [gateway('Feed', { path: '/feed' }, 'strict')],
      });
      nginx = await startNginx(executable, app.port, documented());
    });

    afterAll(async () => {
      await nginx?.close();
      await app?.close();
    });

    /** Browsers say no `Sec-Fetch-Site` to another host over plain http. */
    const from = (origin: string): readonly HeaderLine[] => [
      ['Host', `127.0.0.1:${nginx.port}`],
      ['Origin', origin],
    ];
    const post = async (origin: string): Promise<number> =>
      (await send(nginx.port, { method: 'POST', path: '/nowhere', headers: from(origin) })).status;
    const open = async (origin: string): Promise<number> => {
      const headers = [...from(origin), ...HANDSHAKE];
      return (await send(nginx.port, { path: '/feed', headers }, 'head')).status;
    };

    it('pages of its own may write and open sockets, strangers may not', async () => {
      const own = `http://127.0.0.1:${nginx.port}`;
      expect([await post(own), await open(own)]).toEqual([404, 101]);
      expect([await post(EVIL), await open(EVIL)]).toEqual([403, 403]);
      expect(await post('http://127.0.0.1')).toBe(403);
    });
  });
});
