import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CorsLive, type CorsPolicySource } from 'nestjs-cors';
import { ReplicaModule } from './replica.module.js';

/** One of the applications that share a store. */
export class Replica {
  private constructor(
    readonly name: string,
    private readonly app: INestApplication,
  ) {}

  static async start(name: string, source: CorsPolicySource): Promise<Replica> {
    const module = ReplicaModule.over(source);
    const app = await NestFactory.create(module, { logger: ['warn', 'error'] });
    await app.listen(0, '127.0.0.1');
    return new Replica(name, app);
  }

  /** Settles when the replica holds another revision. */
  changed(): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.app.get(CorsLive).on('changed', () => {
        stop();
        resolve();
      });
    });
  }

  /** Settles when the source has stopped answering. */
  stale(): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.app.get(CorsLive).on('state', ({ state }) => {
        if (state !== 'stale') return;
        stop();
        resolve();
      });
    });
  }

  async show(origins: readonly string[]): Promise<void> {
    const url = `${await this.app.getUrl()}/orders`;
    for (const origin of origins) {
      const { headers } = await fetch(url, { headers: { Origin: origin } });
      const allowed = headers.get('Access-Control-Allow-Origin') === origin;
      console.log(`  ${this.name}: ${origin} ${allowed ? 'may read' : 'is denied'}`);
    }
  }

  close(): Promise<void> {
    return this.app.close();
  }
}
