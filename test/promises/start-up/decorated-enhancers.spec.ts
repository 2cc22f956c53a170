import 'reflect-metadata';
import {
  Catch,
  Controller,
  Get,
  type INestApplication,
  Injectable,
  type MiddlewareConsumer,
  Param,
  type Type,
  UseFilters,
  UseGuards,
  UseInterceptors,
  UsePipes,
} from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { CorsPolicy } from 'nestjs-cors';
import { PLATFORMS } from '../../support/platforms.js';
import { type Application, starting } from './support/report.js';

interface Kind {
  readonly make: () => Type;
  readonly use: (...enhancers: never[]) => ClassDecorator & MethodDecorator;
  readonly token: string;
  readonly global:
    'useGlobalGuards' | 'useGlobalPipes' | 'useGlobalInterceptors' | 'useGlobalFilters';
}

const KINDS: Readonly<Record<string, Kind>> = {
  guard: {
    make: () => class Enhancer { canActivate(): boolean { return true; } },
    use: UseGuards, token: APP_GUARD, global: 'useGlobalGuards',
  },
  pipe: {
    make: () => class Enhancer { transform(value: unknown): unknown { return value; } },
    use: UsePipes, token: APP_PIPE, global: 'useGlobalPipes',
  },
  interceptor: {
    make: () => class Enhancer { intercept(_: unknown, next: { handle(): unknown }): unknown { return next.handle(); } },
    use: UseInterceptors, token: APP_INTERCEPTOR, global: 'useGlobalInterceptors',
  },
  filter: {
    make: () => class Enhancer { catch(): void {} },
    use: UseFilters, token: APP_FILTER, global: 'useGlobalFilters',
  },
}; // prettier-ignore

/** A class of the kind, under a policy that nobody declared or under none. */
function enhancer({ make, token }: Kind, decorated: boolean): Type {
  const type = make();
  (token === APP_FILTER ? Catch() : Injectable())(type);
  if (decorated) CorsPolicy('nobody' as never)(type);
  return type;
}

function controller(onClass: ClassDecorator[], onMethod: MethodDecorator[] = []): Type {
  class Shop {
    find(id: string): string {
      return id;
    }
  }
  Param('id')(Shop.prototype, 'find', 0);
  const descriptor = Object.getOwnPropertyDescriptor(Shop.prototype, 'find') ?? {};
  for (const decorate of [Get(':id'), ...onMethod]) decorate(Shop.prototype, 'find', descriptor);
  for (const decorate of [Controller('shop'), ...onClass]) decorate(Shop);
  return Shop;
}

const WAYS: Readonly<Record<string, (type: Type, kind: Kind) => Application>> = {
  'of a controller': (type, { use }) => ({ controllers: [controller([use(type as never)])] }),
  'of a method': (type, { use }) => ({ controllers: [controller([], [use(type as never)])] }),
  'of a controller, ready-made': (type, { use }) => ({ controllers: [controller([use(new type() as never)])] }),
  'of a method, ready-made': (type, { use }) => ({ controllers: [controller([], [use(new type() as never)])] }),
  'of the application, by class': (type, { token }) => ({ providers: [{ provide: token, useClass: type }] }),
  'of the application, by value': (type, { token }) => ({ providers: [{ provide: token, useValue: new type() as unknown }] }),
  'of the application, by factory': (type, { token }) => ({ providers: [{ provide: token, useFactory: () => new type() as unknown }] }),
  'of the application, by another provider': (type, { token }) => ({ providers: [type, { provide: token, useExisting: type }] }),
  'of the application, at its set-up': (type, { global }) => ({ configure: (app: INestApplication) => app[global](new type() as never) }),
}; // prettier-ignore

describe.each(PLATFORMS)('a CORS decorator on %s', (platform) => {
  async function places(application: Application): Promise<readonly string[]> {
    const { errors } = await starting(application, platform)();
    return errors.map(({ code, where }) => `${code} at ${where}`);
  }

  const cases = Object.entries(KINDS).flatMap(([name, kind]) =>
    Object.entries(WAYS).map(([way, make]) => ({ name, way, kind, make })),
  );

  it.each(cases)('a $name $way is refused', async ({ kind, make }) => {
    const found = await places(make(enhancer(kind, true), kind));
    expect(found).toEqual(['decorator-without-effect at Enhancer']);
    expect(await places(make(enhancer(kind, false), kind))).toEqual([]);
  });

  it('a pipe of a parameter is refused', async () => {
    const Shop = controller([]);
    const [, pipe] = Object.values(KINDS) as [Kind, Kind];
    Param('id', enhancer(pipe, true) as never)(Shop.prototype as object, 'find', 0);
    expect(await places({ controllers: [Shop] })).toEqual(['decorator-without-effect at Enhancer']);
  });

  it.each([true, false])('middleware is refused (decorated: %s)', async (decorated) => {
    class Layer {
      use(_request: unknown, _response: unknown, next: () => void): void {
        next();
      }
    }
    if (decorated) CorsPolicy('nobody' as never)(Layer);
    class Feature {
      configure(consumer: MiddlewareConsumer): void {
        consumer.apply(Layer).forRoutes('shop');
      }
    }
    const found = await places({ imports: [{ module: Feature }], controllers: [controller([])] });
    expect(found).toEqual(decorated ? ['decorator-without-effect at Layer'] : []);
  });

  it('a controller that is injected as a provider, too, keeps its policy', async () => {
    const Shop = controller([CorsPolicy({ origin: 'https://app.example.com' })]);
    expect(await places({ controllers: [Shop], providers: [Shop] })).toEqual([]);
  });
});
