/**
 * Options described as data: what fast-check can shrink and print, and what can be built any number of times. The values
 * themselves may be proxies that throw at whoever prints them.
 */
export type Value =
  | { readonly plain: string | number | boolean | null }
  | { readonly list: readonly Value[] }
  | { readonly regexp: string; readonly flags: string }
  | { readonly predicate: PredicateName }
  | { readonly options: Options }
  | { readonly nonsense: NonsenseName };

/** How an object holds its values. */
export type Shape =
  | 'plain'
  | 'frozen'
  | 'without prototype'
  | 'getters'
  | 'answers once'
  | 'proxy'
  | 'symbols'
  | 'class instance'
  | 'inherits everything'
  | 'getter that throws'
  | 'proxy that throws'
  | 'revoked proxy'
  | 'cyclic';

export interface Options {
  readonly shape: Shape;
  readonly values: Readonly<Record<string, Value>>;
}

/** An application: options of the module, and of two decorators. */
export interface Described {
  readonly module: Options;
  readonly onClass?: Value;
  readonly onHandler?: Value;
  readonly production: boolean;
  readonly platform: 'express' | 'fastify';
}

export const PREDICATES = {
  shops: (origin: string): boolean => origin.endsWith('.shop.test'),
  later: async (origin: string): Promise<boolean> => origin === 'https://later.test',
  everyone: (): boolean => true,
  nobody: (): boolean => false,
  throws: (): boolean => {
    throw new TypeError('no');
  },
  rejects: (): Promise<boolean> => Promise.reject(new Error('no')),
  'throws nothing': (): boolean => {
    throw undefined as unknown as Error;
  },
  truthy: (): unknown => 'yes',
  thenable: (): unknown => ({
    get then(): unknown {
      throw new Error('no');
    },
  }),
  hangs: (): Promise<boolean> => new Promise(() => {}),
};

export type PredicateName = keyof typeof PREDICATES;

function raise(): never {
  throw new Error('a trap');
}

const THROWING: ProxyHandler<object> = {
  get: raise, has: raise, ownKeys: raise, getOwnPropertyDescriptor: raise, getPrototypeOf: raise, set: raise,
}; // prettier-ignore

export function throwingProxy(target: object = {}): object {
  return new Proxy(target, THROWING);
}

export function revokedProxy(target: object = {}): object {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

function cyclic(): unknown[] {
  const list: unknown[] = [];
  list.push(list, { list });
  return list;
}

/** What options could hold and should not. */
export const NONSENSE = {
  undefined: () => undefined,
  NaN: () => Number.NaN,
  infinity: () => Infinity,
  'minus zero': () => -0,
  bigint: () => 10n,
  symbol: () => Symbol('s'),
  cyclic,
  'throwing proxy': () => throwingProxy(),
  'throwing function': () => throwingProxy(() => true),
  'throwing list': () => throwingProxy([]),
  'revoked proxy': () => revokedProxy(),
  'revoked list': () => revokedProxy([]),
  'revoked function': () => revokedProxy(() => true),
  'endless list': () => ({ length: Infinity }),
  'huge sparse list': () => Array(4_000_000_000),
  'huge list': () => Array.from({ length: 150_000 }, () => 'https://a.test'),
  'list that lies': () => new Proxy([], { get: (_, key) => (key === 'length' ? 1e15 : 'x') }),
  'huge text': () => 'a'.repeat(1_000_000),
  'huge list in a text': () => 'PUT,'.repeat(200_000),
  'line break': () => 'X\r\nAccess-Control-Allow-Origin: *',
  map: () => new Map([['origin', '*']]),
  set: () => new Set(['https://a.test']),
  date: () => new Date(0),
  'invalid date': () => new Date(Number.NaN),
  promise: () => Promise.resolve({ origin: '*' }),
  boxed: () => Object('https://a.test') as unknown,
  class: () => class Origin {},
  'a hostile RegExp': () => Object.assign(/^https:\/\/a\.test$/, { test: () => true, exec: raise }),
  'a RegExp of promises': () => Object.defineProperty(/^a$/, 'source', { get: raise }),
  'toJSON that throws': () => ({ toJSON: raise, toString: raise, valueOf: raise }),
  'deep list': () => JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`) as unknown,
  buffer: () => Buffer.from('https://a.test'),
  'typed array': () => new Float64Array(3),
} satisfies Record<string, () => unknown>;

export type NonsenseName = keyof typeof NONSENSE;
