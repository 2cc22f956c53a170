import { Controller, Get, Put } from '@nestjs/common';
import {
  CorsLive,
  CorsPolicy,
  fromSource,
  type CorsLiveOptions,
  type CorsModuleOptions,
  type CorsPolicyOptions,
  type CorsStrategy,
} from 'nestjs-cors';
import type { CollectedLog } from '../../../support/log.js';
import { createAdapter, type PlatformName } from '../../../support/platforms.js';
import { send, type RawResponse } from '../../../support/raw.js';
import { get, preflight } from '../../../support/requests.js';
import { startApp, type AppDescription, type RunningApp } from '../../../support/test-app.js';

@CorsPolicy('tenants')
@Controller('tenants')
export class TenantsController {
  @Get() read(): string {
    return 'read';
  }
  @Put() write(): string {
    return 'written';
  }
  @CorsPolicy({ extends: 'tenants', credentials: false, maxAge: 30 })
  @Get('derived')
  derived(): string {
    return 'derived';
  }
  @CorsPolicy('app') @Get('code') code(): string {
    return 'code';
  }
}

export const CODE = 'https://app.example.com';
export const A = 'https://a.tenant.example';
export const B = 'https://b.tenant.example';

export interface LiveApp extends RunningApp {
  readonly live: CorsLive;
  /** Who may read: `Access-Control-Allow-Origin` of a GET. */
  allowed(origin: string, path?: string): Promise<boolean>;
  preflighted(origin: string, path?: string): Promise<RawResponse>;
  get(path: string, origin?: string): Promise<RawResponse>;
}

export interface LiveDescription extends Partial<AppDescription> {
  readonly tenants?: CorsPolicyOptions;
  readonly options?: Partial<CorsModuleOptions>;
  /** Collects what the application says; without one it is silent. */
  readonly log?: CollectedLog;
  readonly strategy?: CorsStrategy;
}

/** An application with a live policy, `tenants`, and one of the code, `app`. */
export async function startLive(
  platform: PlatformName,
  live: CorsLiveOptions,
  { tenants = {}, options = {}, log, strategy = 'hook', ...description }: LiveDescription = {},
): Promise<LiveApp> {
  const cors: CorsModuleOptions = {
    policies: {
      app: { origin: CODE, credentials: true },
      tenants: { credentials: true, maxAge: 60, origin: fromSource(), ...tenants },
    },
    live,
    ...options,
  };
  const whole = { controllers: [TenantsController], ...description, cors };
  const running = await startApp(createAdapter(platform), whole, strategy, log);
  return withCalls(running);
}

function withCalls(running: RunningApp): LiveApp {
  const { port, app } = running;
  const call = (path: string, origin?: string): Promise<RawResponse> =>
    send(port, get(path, origin));
  return {
    ...running,
    live: app.get(CorsLive),
    get: call,
    allowed: async (origin, path = '/tenants') => mayRead(await call(path, origin), origin),
    preflighted: (origin, path = '/tenants') => send(port, preflight(path, 'PUT', origin)),
  };
}

export function mayRead({ headers }: RawResponse, origin: string): boolean {
  return headers.some(
    ([name, value]) => name.toLowerCase() === 'access-control-allow-origin' && value === origin,
  );
}

/** `GET /slow` under the live policy, whose handler waits for what it is given. */
export function slowController(work: () => Promise<string>): new () => object {
  @CorsPolicy('tenants')
  @Controller('slow')
  class SlowController {
    @Get() slow(): Promise<string> {
      return work();
    }
  }
  return SlowController;
}
