import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CorsModule, fromSource } from 'nestjs-cors';
import { createAdapter } from '../../../support/platforms.js';
import { FAILURES } from '../failures/failures.table.js';
import type { Failure } from './failure.js';
import { until } from '../../../support/until.js';
import { Stage } from './stage.js';
import { openStore, type Store, type StoreName } from './stores.js';

/** Of a source that is well. The client of NATS leaves those behind that a server accepted and never greeted. */
const MOST_CONNECTIONS = { 'plain source': 1, Redis: 2, NATS: 100 } as const;

/** Every failure of the table, with one store: stores wait each in a suite of its own, side by side. */
export function describeFailures(name: StoreName): void {
  describe(`failures of a store: ${name}`, () => {
    let store: Store;
    let stage: Stage;

    beforeAll(async () => {
      store = await openStore(name);
      for (const { what, impossible } of FAILURES) {
        const reason = impossible?.[name];
        if (reason !== undefined) process.stderr.write(`${name}: ${what}: not tried, ${reason}\n`);
      }
    });
    afterAll(() => store.close());

    beforeEach(async () => {
      stage = await Stage.before(store);
    });
    afterEach(() => stage.close());

    async function startsOnceItEnds({ options, ends }: Failure): Promise<void> {
      const given = options?.(stage);
      await expect(stage.start(given)).rejects.toMatchObject({
        name: 'CorsSourceError',
        source: stage.notices.name,
      });
      await ends?.(stage);
      await stage.start({ ...given, startTimeout: 20_000 });
      expect(await stage.decisions()).toEqual([true, false]);
    }

    async function lasts({ options, happens, seen, decides, ends }: Failure): Promise<void> {
      const meanwhile = [decides !== 'nobody', false];
      await stage.start(options?.(stage));
      expect(await stage.decisions()).toEqual(meanwhile);
      await happens?.(stage);
      await until(() => seen?.(stage) ?? true);
      expect(await stage.decisions()).toEqual(meanwhile);
      await ends?.(stage);
    }

    it.each(FAILURES.filter(({ impossible }) => impossible?.[name] === undefined))(
      '$what: decisions are as they should be, and the next good state is taken',
      async (failure) => {
        await failure.before?.(stage);
        await (failure.preventsStart ? startsOnceItEnds(failure) : lasts(failure));
        expect(stage.log.lines.join('\n')).toContain(failure.logged ?? '');
        await stage.recover();
        expect(await stage.decisions()).toEqual([false, true]);
        // Nothing is left of connections that were given up.
        await until(() => stage.proxy.connections <= MOST_CONNECTIONS[name]);
      },
    );

    it.each(['an application context', 'preview mode'])(
      'nobody asks the store in %s',
      async (kind) => {
        const policies = { tenants: { origin: fromSource() } };
        const live = { source: store.source(stage.proxy.port) };
        class Root {}
        Module({ imports: [CorsModule.forRoot({ default: 'tenants', policies, live })] })(Root);
        const options = { logger: false, abortOnError: false } as const;
        const made =
          kind === 'preview mode'
            ? await NestFactory.create(Root, createAdapter('fastify'), {
                ...options,
                preview: true,
              })
            : await NestFactory.createApplicationContext(Root, options);
        await made.init();
        await made.close();
        expect(stage.proxy.accepted).toBe(0);
      },
    );
  });
}
