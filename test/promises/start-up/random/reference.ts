import type { Described, Options, PredicateName, Value } from './description.js';

/** What holds at a place, by the description alone: options merged, names resolved. */
export type Meant = 'none' | 'passthrough' | Readonly<Record<string, Value>>;

type Values = Readonly<Record<string, Value>>;

const UNREADABLE = ['getter that throws', 'proxy that throws', 'revoked proxy'];

function valuesOf(options: Options): Values {
  if (UNREADABLE.includes(options.shape)) throw new Error('options that cannot be read were accepted');
  if (options.shape === 'inherits everything') return {};
  const isGiven = ([, value]: [string, Value]): boolean => !('nonsense' in value && value.nonsense === 'undefined');
  return Object.fromEntries(Object.entries(options.values).filter(isGiven));
} // prettier-ignore

/** The policies of an application, told a second time and without any care for mistakes. */
export class Reference {
  private readonly module: Values;

  constructor(private readonly described: Described) {
    this.module = valuesOf(described.module);
  }

  get debug(): boolean {
    return plainOf(this.module['debug']) === true;
  }

  get hook(): boolean {
    return plainOf(this.module['strategy']) !== 'interceptor';
  }

  /** `/c` is a handler's; everything else is what `paths` or `default` say. */
  at(path: string, method: string): Meant | undefined {
    if (path === '/c') return this.handler();
    const { described } = this;
    const fold = (text: string): string => described.platform === 'express' ? text.toLowerCase() : text;
    const entries = listOf(this.module['paths']).map((entry) => valuesOf(optionsIn(entry)));
    const entry = entries.find((values) => fold(String(plainOf(values['path']))).replace(/\/\*rest$/, '') === path && covers(values, method));
    return entry === undefined ? this.default() : this.read(entry['policy']);
  } // prettier-ignore

  private default(): Meant | undefined {
    return this.module['default'] === undefined ? undefined : this.read(this.module['default']);
  }

  private handler(): Meant | undefined {
    const { onClass, onHandler } = this.described;
    const above = onClass === undefined ? this.default() : this.read(onClass, this.default());
    return onHandler === undefined ? above : this.read(onHandler, above);
  }

  private read(value: Value | undefined, parent?: Meant): Meant {
    const plain = value && plainOf(value);
    if (plain === false) return 'none';
    if (plain === 'passthrough') return plain;
    if (typeof plain === 'string') return this.named(plain);
    const values = valuesOf(optionsIn(value));
    const base = plainOf(values['extends']);
    if (base === undefined) return meant(values);
    const from = base === 'parent' ? parent : this.named(String(base));
    if (typeof from !== 'object') throw new Error('a policy without a base was accepted');
    return meant({ ...from, ...values });
  }

  private named(name: string): Meant {
    const policies = valuesOf(optionsIn(this.module['policies']));
    if (!Object.hasOwn(policies, name)) throw new Error(`an unknown policy was accepted: ${name}`);
    return this.read(policies[name]);
  }
}

function covers({ methods }: Values, method: string): boolean {
  return methods === undefined || namesIn(methods).includes(method.toLowerCase());
}

function meant(values: Values): Meant {
  return plainOf(values['origin']) === false ? 'none' : values;
}

function optionsIn(value: Value | undefined): Options {
  if (value === undefined || !('options' in value)) throw new Error('what is no options object was accepted');
  return value.options;
} // prettier-ignore

export function plainOf(value: Value | undefined): unknown {
  return value !== undefined && 'plain' in value ? value.plain : undefined;
}

export function listOf(value: Value | undefined): readonly Value[] {
  if (value === undefined) return [];
  return 'list' in value ? value.list : [value];
}

/** Names in a list, or in one text with commas. */
export function namesIn(value: Value | undefined): readonly string[] {
  const texts = listOf(value).map((item) => String(plainOf(item)));
  return texts.flatMap((text) => text.split(',').map((name) => name.trim().toLowerCase()));
}

/** The origin matcher in twenty lines. */
export function allows(policy: Meant | undefined, origin: string): boolean {
  if (typeof policy !== 'object') return false;
  return listOf(policy['origin']).some((value) => {
    if ('regexp' in value) return new RegExp(value.regexp, value.flags.replace(/[gy]/g, '')).test(origin);
    if ('predicate' in value) return allowedByPredicate(value.predicate, origin);
    const text = plainOf(value);
    return text === '*' || (typeof text === 'string' && matches(text, origin));
  });
} // prettier-ignore

/** Whoever is allowed may send them, or whoever is on the list of those who may. */
export function listsCredentials(policy: Meant | undefined, origin: string): boolean {
  if (typeof policy !== 'object') return false;
  const listed = policy['credentials'];
  if (listed === undefined) return false;
  return 'plain' in listed ? listed.plain === true : allows({ origin: listed }, origin);
}

function allowedByPredicate(name: PredicateName, origin: string): boolean {
  if (!/^[a-z][a-z0-9+.-]*:\/\/[a-z0-9_.[\]:-]+$/.test(origin)) return false;
  if (name === 'shops') return origin.endsWith('.shop.test');
  return name === 'everyone' || (name === 'later' && origin === 'https://later.test');
}

function matches(pattern: string, origin: string): boolean {
  if (pattern === origin) return true;
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  const source = escaped.replace('://*', '://[a-z0-9_-]+(?:\\.[a-z0-9_-]+)*').replace(/:\*$/, '(?::[1-9]\\d{0,4})?');
  const port = Number(/:(\d+)$/.exec(origin)?.[1] ?? 1);
  const isDefault = /^(?:http:.*:80|https:.*:443)$/.test(origin);
  return new RegExp(`^${source}$`).test(origin) && port <= 65535 && !isDefault && origin.length <= 326;
} // prettier-ignore

/** Origins that the policy must allow: every one by name, and a member of every pattern. */
export function members(policy: Meant | undefined): readonly string[] {
  if (typeof policy !== 'object') return [];
  return listOf(policy['origin']).flatMap((value) => {
    if ('predicate' in value) return value.predicate === 'later' ? ['https://later.test'] : [];
    if ('regexp' in value) return [];
    const text = String(plainOf(value));
    if (text === '*') return ['https://anyone.test'];
    return [text.replace('*.', 'b9.a.').replace(/:\*$/, ':4711')];
  });
}
