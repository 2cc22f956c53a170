import {
  All,
  BadGatewayException,
  type CanActivate,
  Controller,
  type ExecutionContext,
  GatewayTimeoutException,
  HttpException,
  Injectable,
  Req,
  Res,
  ServiceUnavailableException,
  type Type,
  UnauthorizedException,
  UseGuards,
} from '@nestjs/common';
import type { ClientProxy } from '@nestjs/microservices';
import { CorsPolicy, NoCors } from 'nestjs-cors';
import { catchError, firstValueFrom, timeout, TimeoutError } from 'rxjs';
import { REST } from '../../../support/nest-version.js';
import type { PlatformName } from '../../../support/platforms.js';
import type { Reply } from '../../../support/reply.js';
import { AREAS } from './areas.js';
import { type Backends, patienceWith } from './transports.js';

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string | undefined>;
}

@Injectable()
class BouncerGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (context.switchToHttp().getRequest<Asked>().headers['authorization'] !== 'no') return true;
    throw new UnauthorizedException();
  }
}

type Forward = (area: string, request: Asked, reply: Reply) => Promise<unknown>;

/** One controller an area, every method at every path below it. */
export function controllers(forward: Forward, decorated: boolean, platform: PlatformName): Type[] {
  const rest = platform === 'express' ? REST : '*';
  return Object.entries(AREAS).map(([area, policy]) => {
    @UseGuards(BouncerGuard)
    @Controller(area)
    class AreaController {
      @All(['', rest]) handle(
        @Req() request: Asked,
        @Res({ passthrough: true }) reply: Reply,
      ): Promise<unknown> {
        return forward(area, request, reply);
      }
    }
    if (decorated) (policy === false ? NoCors() : CorsPolicy(policy))(AreaController);
    return AreaController;
  });
}

/** Node's own client computes these. */
const HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length']);

/** A controller that forwards with `fetch()` and hands on every header that comes back. */
export function forwardWithFetch({ upstream, closed }: Backends): Forward {
  return async (area, { method, url, headers }, reply) => {
    const target = area === 'down' ? `http://127.0.0.1:${closed}` : upstream;
    const answer = await fetch(`${target}${url}`, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceWith(area)),
      headers: { origin: headers['origin'] ?? '' },
    }).catch((error: unknown) => {
      if ((error as Error).name === 'TimeoutError') throw new GatewayTimeoutException();
      throw new BadGatewayException();
    });
    for (const [name, value] of answer.headers) if (!HOP.has(name)) reply.header(name, value);
    reply.status(answer.status);
    return answer.text();
  };
}

/** A controller that asks a microservice. */
export function askService(client: ClientProxy, closed: ClientProxy): Forward {
  return async (area, { method, url }, reply) => {
    const proxy = area === 'down' ? closed : client;
    const answer = proxy.send<{ status: number; body: string }>('forward', { method, url }).pipe(
      timeout(patienceWith(area)),
      catchError((error: unknown) => {
        if (error instanceof TimeoutError) throw new GatewayTimeoutException();
        throw new ServiceUnavailableException();
      }),
    );
    const { status, body } = await firstValueFrom(answer);
    if (status >= 400) throw new HttpException(body, status);
    reply.status(status);
    if (status === 302) reply.header('Location', '/orders/list');
    return body;
  };
}
