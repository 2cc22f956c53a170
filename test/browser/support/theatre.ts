import type {
  CallHandler,
  ExecutionContext,
  INestApplication,
  NestInterceptor,
} from '@nestjs/common';
import type { Observable } from 'rxjs';
import type { Server } from 'node:http';
import type { Browser } from 'playwright-core';
import { launchChromium } from './chromium.js';
import { listen, PLATFORMS, type Platform } from './nest-app.js';
import { PageServer } from './page-server.js';
import { Stage, type Host } from './stage.js';
import { WireRecorder } from './wire-recorder.js';

/** One browser, the application on both platforms at `*.express.shop.test` and `*.fastify.shop.test`, pages elsewhere. */
export class Theatre {
  private constructor(
    private readonly browser: Browser,
    private readonly pages: PageServer,
    private readonly hosts: ReadonlyMap<Platform, Host>,
  ) {}

  static async open(
    executablePath: string,
    create: (platform: Platform) => Promise<INestApplication>,
  ): Promise<Theatre> {
    const hosts = new Map<Platform, Host>();
    const pages = new PageServer();
    try {
      const rules: string[] = [];
      for (const platform of PLATFORMS) {
        const host = observed(await create(platform));
        hosts.set(platform, host);
        rules.push(`MAP *.${platform}.shop.test 127.0.0.1:${await listen(host.app)}`);
      }
      rules.push(`MAP * 127.0.0.1:${await pages.listen()}`);
      return new Theatre(await launchChromium(executablePath, rules.join(', ')), pages, hosts);
    } catch (error) {
      await closeAll(hosts, pages);
      throw error;
    }
  }

  /** A stage with caches and cookies of its own. */
  async stage(platform: Platform): Promise<Stage> {
    return new Stage(await this.browser.newContext(), platform, this.hosts.get(platform) as Host);
  }

  version(): string {
    return this.browser.version();
  }

  async close(): Promise<void> {
    await this.browser.close();
    await closeAll(this.hosts, this.pages);
  }
}

async function closeAll(hosts: ReadonlyMap<Platform, Host>, pages: PageServer): Promise<void> {
  for (const { app } of hosts.values()) {
    (app.getHttpServer() as Server).closeAllConnections();
    await app.close();
  }
  await pages.close();
}

function observed(app: INestApplication): Host {
  const ran: string[] = [];
  app.useGlobalInterceptors(new RunLog(ran));
  return { app, ran, wire: new WireRecorder(app.getHttpServer() as Server) };
}

class RunLog implements NestInterceptor {
  constructor(private readonly ran: string[]) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    this.ran.push(`${context.getClass().name}.${context.getHandler().name}`);
    return next.handle();
  }
}
