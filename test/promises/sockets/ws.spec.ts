import { APP, EVIL, PARTNER } from '../../support/origins.js';
import { PLATFORMS } from '../../support/platforms.js';
import { send } from '../../support/raw.js';
import { type RunningUpgradeApp, startUpgradeApp, type UpgradeApp } from './support/app.js';
import { open } from './support/client.js';
import { gateway } from './support/gateways.js';
import { upgrade } from './support/raw-upgrade.js';

const POLICIES = {
  app: { origin: APP, credentials: true },
  partners: { origin: PARTNER },
  public: { origin: '*' },
} as const;

describe.each(PLATFORMS)('ws on %s', (platform) => {
  let running: RunningUpgradeApp;
  const start = async (spec: Omit<UpgradeApp, 'platform'>): Promise<number> => {
    running = await startUpgradeApp({ platform, ...spec });
    return running.port;
  };
  afterEach(() => running?.close());

  it('puts each gateway under its own policy', async () => {
    const port = await start({
      cors: { default: 'app', policies: POLICIES },
      gateways: [
        gateway('Partners', { path: '/partners' }, 'partners'),
        gateway('Closed', { path: '/closed' }, false),
        gateway('Everyone', { path: '/everyone' }, 'public'),
        gateway('Unnamed', { path: '/unnamed' }),
      ],
    });
    const status = async (path: string, origin?: string): Promise<number> =>
      (await open(port, path, origin)).status;
    expect(await status('/partners', PARTNER)).toBe(101);
    expect(await status('/partners', APP)).toBe(403);
    expect(await status('/closed', APP)).toBe(403);
    expect(await status('/closed')).toBe(101);
    expect(await status('/closed', `http://127.0.0.1:${port}`)).toBe(101);
    expect(await status('/everyone', EVIL)).toBe(101);
    expect(await status('/unnamed', APP)).toBe(101);
    expect(await status('/unnamed', PARTNER)).toBe(403);
    // The adapter resolves dots, and so must whoever decides before it.
    expect((await send(port, upgrade('/x/../closed', EVIL))).status).toBe(403);
  });

  it('beats `paths` with a decorator, and falls back to them without', async () => {
    const paths = [{ path: '/sockets/*rest', policy: 'partners' }];
    const port = await start({
      cors: { default: 'app', policies: POLICIES, paths },
      gateways: [
        gateway('Named', { path: '/sockets/named' }, 'public'),
        gateway('Unnamed', { path: '/sockets/unnamed' }),
      ],
    });
    expect((await open(port, '/sockets/named', EVIL)).status).toBe(101);
    expect((await open(port, '/sockets/unnamed', PARTNER)).status).toBe(101);
    expect((await open(port, '/sockets/unnamed', APP)).status).toBe(403);
  });

  it.each(['hook', 'interceptor'] as const)('decides under strategy %s', async (strategy) => {
    const port = await start({
      strategy,
      cors: { policies: POLICIES },
      gateways: [gateway('Feed', { path: '/feed' }, 'partners')],
    });
    expect((await open(port, '/feed', PARTNER)).status).toBe(101);
    expect((await open(port, '/feed', EVIL)).status).toBe(403);
  });

  it('leaves an upgrade alone that no policy covers', async () => {
    const port = await start({
      cors: { policies: POLICIES },
      gateways: [gateway('Feed', { path: '/feed' }), gateway('Other', { path: '/other' }, 'app')],
    });
    expect((await open(port, '/feed', EVIL)).status).toBe(101);
    expect((await open(port, '/other', EVIL)).status).toBe(403);
  });

  it('withholds cookies where the policy is without credentials', async () => {
    const port = await start({
      cors: { policies: POLICIES },
      gateways: [
        gateway('Feed', { path: '/feed' }, 'app'),
        gateway('Everyone', { path: '/everyone' }, 'public'),
      ],
    });
    const cookie = { cookie: 'session=7' };
    const greeting = async (path: string, origin?: string): Promise<string | undefined> =>
      (await open(port, path, origin, cookie)).message;
    expect(await greeting('/feed', APP)).toBe('Feed, cookie session=7');
    expect(await greeting('/everyone', EVIL)).toBe('Everyone, cookie none');
    expect(await greeting('/everyone', `http://127.0.0.1:${port}`)).toBe(
      'Everyone, cookie session=7',
    );
    expect(await greeting('/everyone')).toBe('Everyone, cookie session=7');
  });

  it('withholds them from allowed origins that are not on a list of credentials', async () => {
    const port = await start({
      cors: { policies: POLICIES },
      gateways: [
        gateway('Feed', { path: '/feed' }, { origin: '*', credentials: [APP] }),
        gateway('Two', { path: '/two' }, { origin: [APP, PARTNER], credentials: [APP] }),
      ],
    });
    const headers = { cookie: 'session=7' };
    const greeting = async (path: string, origin?: string): Promise<string | undefined> =>
      (await open(port, path, origin, headers)).message;
    expect(await greeting('/feed', APP)).toBe('Feed, cookie session=7');
    expect(await greeting('/feed', EVIL)).toBe('Feed, cookie none');
    expect(await greeting('/feed')).toBe('Feed, cookie session=7');
    expect(await greeting('/two', APP)).toBe('Two, cookie session=7');
    expect(await greeting('/two', PARTNER)).toBe('Two, cookie none');
    expect((await open(port, '/two', EVIL)).status).toBe(403);
  });

  it("is under `paths` with the word 'paths', and left alone with 'passthrough'", async () => {
    const paths = [{ path: '/sockets/*rest', policy: 'partners' }];
    const port = await start({
      cors: { default: 'app', policies: POLICIES, paths },
      gateways: [
        gateway('Forwarding', { path: '/sockets/a' }, 'paths'),
        gateway('Elsewhere', { path: '/elsewhere' }, 'paths'),
        gateway('Own', { path: '/sockets/own', cors: { origin: EVIL } }, 'passthrough'),
      ],
    });
    expect((await open(port, '/sockets/a', PARTNER)).status).toBe(101);
    expect((await open(port, '/sockets/a', APP)).status).toBe(403);
    expect((await open(port, '/elsewhere', APP)).status).toBe(101);
    expect((await open(port, '/elsewhere', PARTNER)).status).toBe(403);
    expect((await open(port, '/sockets/own', EVIL)).status).toBe(101);
  });

  it('says in debug mode why', async () => {
    const port = await start({
      cors: { debug: true, policies: POLICIES },
      gateways: [gateway('Feed', { path: '/feed' }, 'app')],
    });
    expect((await open(port, '/feed', EVIL)).headers).toMatchObject({
      'cors-debug': 'origin-denied',
    });
  });

  it.each([
    [
      'indistinguishable-gateways',
      [gateway('One', { path: '/feed' }, 'app'), gateway('Two', { path: '/feed' }, 'partners')],
    ],
    [
      'indistinguishable-gateways',
      [gateway('One', { path: '/feed' }, 'app'), gateway('Two', { path: '/feed' })],
    ],
    ['second-cors-layer', [gateway('One', { path: '/feed', cors: { origin: '*' } }, 'app')]],
    ['unknown-policy', [gateway('One', { path: '/feed' }, 'nobody')]],
  ])('refuses to start: %s', async (code, gateways) => {
    const starting = startUpgradeApp({ platform, cors: { policies: POLICIES }, gateways });
    await expect(starting).rejects.toMatchObject({ issues: [{ code }] });
  });
});
