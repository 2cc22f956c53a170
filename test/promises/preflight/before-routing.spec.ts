import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { IncomingMessage } from 'node:http';
import { Writable } from 'node:stream';
import { get, preflight } from '../../support/row.js';
import { DoorController } from '../../support/door.js';
import { APP, EVIL } from '../../support/origins.js';
import { type RawResponse, send } from '../../support/raw.js';
import { type AppDescription, type RunningApp, startApp } from '../../support/test-app.js';

/** What is used of a Fastify instance. */
interface Instance {
  addHook(name: 'onResponse', hook: (seen: { method: string }) => Promise<void>): unknown;
  register(plugin: (instance: Instance) => Promise<void>): unknown;
}

/** An application whose Fastify tells which requests it has made an id for: those it has routed. */
class Witnessed {
  readonly routed: string[] = [];
  readonly logged: string[] = [];
  private app: RunningApp | undefined;

  async start(
    options: object = {},
    prepare: (instance: Instance, app: this) => unknown = () => {},
    cors: AppDescription['cors'] = { default: { origin: APP } },
  ): Promise<this> {
    const genReqId = ({ method, url }: IncomingMessage): string => {
      this.routed.push(`${method} ${url}`);
      return '1';
    };
    const adapter = new FastifyAdapter({ genReqId, ...options });
    this.app = await startApp(adapter, {
      cors,
      controllers: [DoorController],
      configure: () => void prepare(adapter.getInstance<Instance>(), this),
    });
    return this;
  }

  send(asked: Parameters<typeof send>[1]): Promise<RawResponse> {
    return send(this.app?.port ?? 0, asked);
  }

  async close(): Promise<void> {
    await this.app?.close();
  }

  /** Where a logger writes to. */
  readonly log = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      this.logged.push(String(chunk));
      done();
    },
  });
}

const ASKED = preflight('/door', 'PUT', APP);
const running: Witnessed[] = [];

function witnessed(): Witnessed {
  const app = new Witnessed();
  running.push(app);
  return app;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((app) => app.close()));
});

describe("a preflight that nobody else hears of, before Fastify's routing", () => {
  it('is answered there, allowed or denied, routed or not', async () => {
    const app = await witnessed().start();
    const statuses = [];
    for (const asked of [ASKED, preflight('/door', 'PUT', EVIL), preflight('/none', 'GET', APP)])
      statuses.push((await app.send(asked)).status);
    expect(statuses).toEqual([204, 403, 204]);
    expect(app.routed).toEqual([]);
  });

  it('leaves everything else to Fastify: other requests, plain OPTIONS, targets that are none of ours', async () => {
    const app = await witnessed().start({}, undefined, {});
    await app.send(get('/door', APP));
    await app.send({ ...get('/door', APP), method: 'OPTIONS' });
    expect((await app.send(preflight('/none', 'GET', APP))).status).toBe(404);
    expect(app.routed).toEqual(['GET /door', 'OPTIONS /door', 'OPTIONS /none']);
  });

  it('waits for an asynchronous predicate', async () => {
    const origin = async (given: string): Promise<boolean> => given === APP;
    const app = await witnessed().start({}, undefined, { default: { origin } });
    expect((await app.send(ASKED)).status).toBe(204);
    expect((await app.send(preflight('/door', 'PUT', EVIL))).status).toBe(403);
    expect(app.routed).toEqual([]);
  });
});

describe('a preflight that somebody would miss goes the way of every request', () => {
  it("where Fastify's logger is on, unless it leaves requests out", async () => {
    const loud = witnessed();
    await loud.start({ logger: { stream: loud.log } });
    expect((await loud.send(ASKED)).status).toBe(204);
    expect(loud.logged.join('')).toContain('"method":"OPTIONS"');
    const quiet = witnessed();
    await quiet.start({ logger: { stream: quiet.log }, disableRequestLogging: true });
    expect((await quiet.send(ASKED)).status).toBe(204);
    expect([quiet.routed, quiet.logged.join('')]).toEqual([[], expect.not.stringContaining('OPTIONS')]);
  }); // prettier-ignore

  it.each(['the instance', 'a plugin'])('where an onResponse hook of %s counts', async (whose) => {
    const counted: string[] = [];
    const app = await witnessed().start({}, (instance) => {
      const count = (on: Instance): unknown =>
        on.addHook('onResponse', async (seen) => void counted.push(seen.method));
      if (whose === 'the instance') return count(instance);
      return instance.register(async (plugin) => void count(plugin));
    });
    expect((await app.send(ASKED)).status).toBe(204);
    expect(app.routed).toEqual(['OPTIONS /door']);
    expect(counted).toEqual(whose === 'the instance' ? ['OPTIONS'] : []);
  });

  it('where rewriteUrl decides what its target is', async () => {
    const rewriteUrl = ({ url = '/' }): string => url.replace('/old', '/door');
    const app = await witnessed().start({ rewriteUrl }, undefined, { paths: [] });
    expect((await app.send(preflight('/old', 'PUT', APP))).status).toBe(404); // a Nest route without a policy is left alone
    expect(app.routed).toHaveLength(1);
  });
});
