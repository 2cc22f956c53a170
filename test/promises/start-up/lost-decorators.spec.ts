import 'reflect-metadata';
import { applyDecorators, Controller, Delete, Get, type Type } from '@nestjs/common';
import { CorsInspector, CorsPolicy, NoCors } from 'nestjs-cors';
import { PLATFORMS } from '../../support/platforms.js';
import { starting } from './support/report.js';

const APP = 'https://app.example.com';
const ADMIN = 'https://admin.example.com';

type Method = (...args: unknown[]) => unknown;
type Wrapping = (method: Method) => Method;

/** Puts another function in the place of the method, as transactions and caches do. */
function replacedBy(wrapping: Wrapping): MethodDecorator {
  return (_target, _key, descriptor) => {
    descriptor.value = wrapping(descriptor.value as Method) as never;
    return descriptor;
  };
}

const calling: Wrapping = (method) =>
  function (this: unknown, ...args) {
    return method.apply(this, args);
  };
const copying: Wrapping = (method) => {
  const wrapper = calling(method);
  for (const key of Reflect.getMetadataKeys(method) as string[])
    Reflect.defineMetadata(key, Reflect.getMetadata(key, method), wrapper);
  return wrapper;
};
const inheriting: Wrapping = (method) => Object.setPrototypeOf(calling(method), method) as Method;
const proxying: Wrapping = (method) => new Proxy(method, {});

const Wrap = replacedBy(calling);
const admin = CorsPolicy({ origin: ADMIN });

/** Mistakes at start-up, and the policies of an application with the controllers. */
async function reported(platform: (typeof PLATFORMS)[number], ...controllers: Type[]) {
  const policies: Record<string, string | undefined> = {};
  const options = { default: { origin: APP } };
  const use = (app: { get(type: typeof CorsInspector): CorsInspector }): Promise<void> => {
    for (const { handler, policy } of app.get(CorsInspector).routes()) policies[handler] = policy;
    return Promise.resolve();
  };
  const { errors } = await starting({ controllers, options, use }, platform)();
  return { errors: errors.map(({ code, where }) => `${code} at ${where}`), policies };
}

/** A controller whose method stands under these decorators, the first on top. */
function under(...decorators: MethodDecorator[]): Type {
  @Controller('shop')
  class Shop {
    secret(): string {
      return 'secret';
    }
  }
  decorate(Shop, 'secret', decorators);
  return Shop;
}

/** As TypeScript applies decorators: from the bottom up, each on what the one below left. */
function decorate({ prototype }: Type, key: string, decorators: readonly MethodDecorator[]): void {
  let descriptor = Object.getOwnPropertyDescriptor(prototype, key) as PropertyDescriptor;
  for (const decorator of [...decorators].reverse())
    descriptor = (decorator(prototype as object, key, descriptor) as undefined) ?? descriptor;
  Object.defineProperty(prototype, key, descriptor);
}

describe.each(PLATFORMS)(
  'a CORS decorator below another one that replaces the method, on %s',
  (platform) => {
    const LOST = ['decorator-without-effect at Shop.secret'];

    it.each<[string, MethodDecorator[]]>([
      ['@NoCors()', [Get(), Wrap, NoCors()]],
      ['@CorsPolicy()', [Delete(), Wrap, admin]],
      ['a proxy in its place', [Get(), replacedBy(proxying), NoCors()]],
      ['above another CORS decorator', [Get(), admin, Wrap, NoCors()]],
      ['twice replaced', [Get(), replacedBy(copying), Wrap, NoCors()]],
      ['below @Get(), which is lost with it', [Wrap, Get(), NoCors()]],
      ['composed, which applies the first one first', [applyDecorators(NoCors(), Get(), Wrap)]],
    ])('%s is refused', async (_, decorators) => {
      const { errors } = await reported(platform, under(...decorators));
      expect(errors).toEqual(LOST);
    });

    it.each<[string, MethodDecorator[]]>([
      ['above it', [NoCors(), Get(), Wrap]],
      ['between', [Get(), NoCors(), Wrap]],
      ['that copies metadata', [Get(), replacedBy(copying), NoCors()]],
      ['whose function inherits from the method', [Get(), replacedBy(inheriting), NoCors()]],
      ['that copies twice', [Get(), replacedBy(copying), replacedBy(copying), NoCors()]],
      ['composed, last', [applyDecorators(Wrap, Get(), NoCors())]],
    ])('%s holds', async (_, decorators) => {
      const { errors, policies } = await reported(platform, under(...decorators));
      expect(errors).toEqual([]);
      expect(policies['Shop.secret']).toBe('@NoCors()');
    });

    it('inherited, it is refused once, at the class that declares it', async () => {
      const Base = under(Wrap, NoCors());
      @Controller('a')
      class A extends Base {
        @Get() own(): string {
          return 'own';
        }
      }
      @Controller('b')
      class B extends Base {}
      expect((await reported(platform, A, B)).errors).toEqual(LOST);
    });

    it('overridden methods start afresh', async () => {
      const Base = under(Get(), Wrap, NoCors());
      @Controller('a')
      class A extends Base {
        @Get() secret(): string {
          return 'open';
        }
      }
      @Controller('b')
      class B extends A {}
      const { errors, policies } = await reported(platform, A, B);
      expect(errors).toEqual([]);
      expect(policies).toMatchObject({ 'A.secret': 'default', 'B.secret': 'default' });
    });

    it('mixins hold: factories of classes, and methods that are copied', async () => {
      const mixin = (path: string): Type => {
        @Controller(path)
        class Mixed {
          @NoCors() @Get() secret(): string {
            return path;
          }
        }
        return Mixed;
      };
      const [First, Second] = [mixin('first'), mixin('second')];
      @Controller('third')
      class Third {}
      const copied = Object.getOwnPropertyDescriptor(First.prototype, 'secret') ?? {};
      Object.defineProperty(Third.prototype, 'secret', copied);
      @Controller('fourth')
      class Fourth extends Second {}
      const { errors, policies } = await reported(platform, First, Second, Third, Fourth);
      expect(errors).toEqual([]);
      expect(new Set(Object.values(policies))).toEqual(new Set(['@NoCors()']));
    });
  },
);

describe.each(PLATFORMS)('a CORS decorator on no method, on %s', (platform) => {
  type Loose = (target: object, key: string, more?: unknown) => void;
  const loosely = NoCors() as Loose;

  it.each<[string, (type: Type) => void]>([
    ['a property', ({ prototype }) => loosely(prototype as object, 'other')],
    ['a parameter', ({ prototype }) => loosely(prototype as object, 'other', 0)],
    ['an accessor', ({ prototype }) => loosely(prototype as object, 'other', { get: () => 1 })],
    ['a static method', (type) => loosely(type, 'other', { value: () => 1 })],
  ])('%s is refused', async (_, decorateIt) => {
    const Shop = under(Get());
    decorateIt(Shop);
    const { errors } = await reported(platform, Shop);
    expect(errors).toEqual(['decorator-without-effect at Shop.other']);
  });
});

describe.each(PLATFORMS)('a class in the place of a decorated one, on %s', (platform) => {
  const decorated = (): Type => {
    const Shop = under(Get());
    NoCors()(Shop);
    return Shop;
  };

  it('that has nothing of it but the prototype is refused', async () => {
    const Proxied = new Proxy(decorated(), {});
    Controller('proxied')(Proxied);
    const { errors } = await reported(platform, Proxied);
    expect(errors).toEqual(['decorator-without-effect at Shop']);
  });

  it('that extends it holds', async () => {
    @Controller('extending')
    class Extending extends decorated() {}
    const { errors, policies } = await reported(platform, Extending);
    expect(errors).toEqual([]);
    expect(policies['Extending.secret']).toBe('@NoCors()');
  });
});
