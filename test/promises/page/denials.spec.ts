import { request as ask, type IncomingMessage } from 'node:http';
import { createAdapter, MATRIX } from '../../support/platforms.js';
import { preflight } from '../../support/row.js';
import { type RawRequest, send } from '../../support/raw.js';
import { type RunningApp, startApp } from '../../support/test-app.js';
import { described } from './support/application.js';

const STRANGER = 'https://stranger.example';

interface Shown {
  readonly origin: string;
  readonly sentence: string;
  readonly count: number;
  readonly where: string;
}

const reading = (origin: string): RawRequest => ({
  path: '/orders/7',
  headers: [['Origin', origin]],
});

/** A page that listens. */
class Listener {
  /** The server has said that this was all. */
  readonly ended: Promise<boolean>;
  private text = '';

  private constructor(readonly stream: IncomingMessage) {
    this.ended = new Promise((resolve) => stream.once('end', () => resolve(true)));
    stream.setEncoding('utf8').on('data', (chunk: string) => (this.text += chunk));
  }

  static open(port: number, method = 'GET'): Promise<Listener> {
    return new Promise((resolve, reject) => {
      const request = ask({ port, path: '/cors/denials', method, agent: false }, (stream) =>
        resolve(new Listener(stream)),
      );
      request.on('error', reject).end();
    });
  }

  /** The newest list, once it is as told. */
  async until(isSeen: (list: readonly Shown[]) => boolean): Promise<readonly Shown[]> {
    for (;;) {
      const [, data] = this.text.match(/.*data: (.*)\n\n/s) ?? [];
      const list = data === undefined ? undefined : (JSON.parse(data) as readonly Shown[]);
      if (list !== undefined && isSeen(list)) return list;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  get raw(): string {
    return this.text;
  }
}

describe.each(MATRIX)('the last denials on $title', ({ platform, strategy }) => {
  let running: RunningApp;

  beforeEach(async () => {
    running = await startApp(createAdapter(platform), described(), strategy);
  });

  it('are shown to a page that comes later, and as they happen, one line a kind', async () => {
    await send(running.port, reading(STRANGER));
    const page = await Listener.open(running.port);
    await page.until(([first]) => first?.origin === STRANGER);
    await send(running.port, reading(STRANGER));
    await send(running.port, preflight('/orders/7', 'PUT', 'https://partner.example', 'x-user'));
    const [newest, older] = await page.until(
      ([first]) => first?.origin === 'https://partner.example',
    );
    expect(newest?.sentence).toContain("add 'x-user' to policies.partners.allowedHeaders");
    expect(older).toMatchObject({ count: 2, where: 'OrdersController.one', origin: STRANGER });
    expect(older?.sentence).toContain(`add '${STRANGER}' to policies.partners.origin`);
    await running.close();
  });

  it('have nothing in them of what a stranger sends that is not to be seen', async () => {
    const page = await Listener.open(running.port);
    await send(running.port, reading('https://evil.test\u009b\u00ad'));
    const [shown] = await page.until((list) => list.length === 1);
    expect(shown?.origin).toBe('https://evil.test\\u009b\\u00ad');
    expect(page.raw).not.toMatch(/[^\n\x20-\x7e]/);
    await running.close();
  });

  it('are fifty kinds at most, each of them short', async () => {
    const page = await Listener.open(running.port);
    for (let asked = 0; asked < 60; asked += 1)
      await send(running.port, reading(`https://e${asked}.test/${'x'.repeat(1000)}`));
    const list = await page.until(([first]) => first?.origin.startsWith('https://e59.') === true);
    expect(list).toHaveLength(50);
    expect(JSON.stringify(list).length).toBeLessThan(50 * 1000);
    await running.close();
  });

  it('keep no server from closing', async () => {
    const page = await Listener.open(running.port);
    await running.close();
    expect(await page.ended).toBe(true);
  });

  it('are told to twenty pages, and the first makes way for another', async () => {
    const first = await Listener.open(running.port);
    for (let page = 0; page < 20; page += 1) await Listener.open(running.port);
    expect(await first.ended).toBe(true);
    await running.close();
  });

  it('are no stream to who asks for the head alone', async () => {
    const head = await Listener.open(running.port, 'HEAD');
    expect(await head.ended).toBe(true);
    await running.close();
  });
});
