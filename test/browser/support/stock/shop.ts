import {
  type CallHandler,
  type CanActivate,
  Controller,
  type ExecutionContext,
  ForbiddenException,
  Get,
  Header,
  HttpCode,
  type INestApplication,
  type MiddlewareConsumer,
  type NestInterceptor,
  type NestModule,
  Options,
  Put,
  Sse,
} from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { CorsModule, type CorsModuleOptions } from 'nestjs-cors';
import { type Observable, of } from 'rxjs';
import { createNest, type Platform } from '../nest-app.js';

export const APP = 'https://app.example.com';
export const OTHER = 'https://other.example.org';
export const STRANGER = 'https://stranger.example';

@Controller('orders')
export class OrdersController {
  @Header('Cache-Control', 'max-age=600')
  @Get()
  list(): string[] {
    return ['one'];
  }

  @Put() replace(): void {}

  @Sse('events')
  events(): Observable<{ data: string }> {
    return of({ data: 'one' });
  }
}

@Controller('about')
export class AboutController {
  @Options() options(): string {
    return 'mine';
  }
}

/** The application with this library. */
export async function ours(
  platform: Platform,
  cors: CorsModuleOptions,
  controllers: readonly (new () => object)[] = [OrdersController, AboutController],
): Promise<INestApplication> {
  return createNest(platform, {
    imports: [CorsModule.forRoot(cors)],
    controllers: [...controllers],
  });
}

/** The application without it. */
export async function stock(
  platform: Platform,
  enable: (app: INestApplication) => void,
  controllers: readonly (new () => object)[] = [OrdersController, AboutController],
): Promise<INestApplication> {
  const app = await createNest(platform, { controllers: [...controllers] });
  enable(app);
  return app;
}

/** A global guard, as most applications have one. */
export class SignedIn implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<IncomingMessage>();
    if (headers.authorization === undefined) throw new ForbiddenException();
    return true;
  }
}

/** The interceptor that many write instead of `enableCors()`. */
export class HeadersInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const response = context
      .switchToHttp()
      .getResponse<{ header(name: string, value: string): void }>();
    response.header('Access-Control-Allow-Origin', APP);
    response.header('Access-Control-Allow-Methods', 'PUT');
    response.header('Access-Control-Allow-Headers', 'authorization');
    return next.handle();
  }
}

/** And the controller that goes with it. */
@Controller()
export class OptionsController {
  @HttpCode(204) @Options('orders') preflight(): void {}
}

/** The "obvious" middleware for one controller. */
export class MiddlewareModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(allowApp).forRoutes(OrdersController);
  }
}

function allowApp(request: IncomingMessage, response: ServerResponse, next: () => void): void {
  response.setHeader('Access-Control-Allow-Origin', APP);
  response.setHeader('Access-Control-Allow-Methods', 'PUT');
  if (request.method === 'OPTIONS') response.writeHead(204).end();
  else next();
}
