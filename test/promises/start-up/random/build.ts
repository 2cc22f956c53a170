import {
  NONSENSE,
  type Options,
  PREDICATES,
  revokedProxy,
  throwingProxy,
  type Value,
} from './description.js';

type Values = Record<string, unknown>;

/** What a second reading gets where an object answers only once. */
const AFTERWARDS: Values = {
  origin: '*',
  credentials: true,
  allowedHeaders: '*',
  exposedHeaders: '*',
  default: { origin: '*' },
  policy: { origin: '*' },
};

/** Builds what was described, and keeps hold of every mutable part of it. */
export class Builder {
  readonly parts: object[] = [];

  value(value: Value): unknown {
    if ('plain' in value) return value.plain;
    if ('list' in value) return this.keep(value.list.map((item) => this.value(item)));
    if ('regexp' in value) return this.keep(new RegExp(value.regexp, value.flags));
    if ('predicate' in value) return PREDICATES[value.predicate];
    return 'nonsense' in value ? NONSENSE[value.nonsense]() : this.options(value.options);
  }

  options({ shape, values }: Options): unknown {
    const built: Values = {};
    for (const [key, value] of Object.entries(values)) define(built, key, this.value(value));
    return this.shaped(shape, this.keep(built));
  }

  /** Everything that can be changed after start-up is. */
  vandalise(): void {
    for (const part of this.parts) vandalise(part);
  }

  private keep<Part extends object>(part: Part): Part {
    this.parts.push(part);
    return part;
  }

  private shaped(shape: Options['shape'], values: Values): unknown {
    switch (shape) {
      case 'frozen':
        return Object.freeze({ ...values });
      case 'without prototype':
        return this.keep(Object.assign(Object.create(null) as Values, values));
      case 'getters':
        return accessors(values, (key) => () => values[key]);
      case 'answers once':
        return accessors(values, answeringOnce(values));
      case 'getter that throws':
        return accessors({ ...values, maxAge: 1 }, (key) => () => {
          if (key === 'maxAge') throw new Error('a getter');
          return values[key];
        });
      case 'proxy':
        return new Proxy(values, {});
      case 'proxy that throws':
        return throwingProxy(values);
      case 'revoked proxy':
        return revokedProxy(values);
      case 'symbols':
        return Object.assign(values, { [Symbol('origin')]: '*', [Symbol.iterator]: '*' });
      case 'class instance':
        return this.keep(new Config(values));
      case 'inherits everything':
        return this.keep(Object.create(values) as object);
      case 'cyclic':
        return Object.defineProperty(values, 'self', { value: values });
      default:
        return values;
    }
  }
}

/** Also where the key is `__proto__`. */
function define(target: Values, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
} // prettier-ignore

class Config {
  constructor(values: Values) {
    for (const [key, value] of Object.entries(values)) define(this as never, key, value);
  }
}

function accessors(values: Values, getter: (key: string) => () => unknown): object {
  const object = {};
  for (const key of Object.keys(values))
    Object.defineProperty(object, key, { get: getter(key), enumerable: true, configurable: true });
  return object;
}

function answeringOnce(values: Values): (key: string) => () => unknown {
  const asked = new Set<string>();
  return (key) => () => {
    if (asked.has(key)) return AFTERWARDS[key];
    asked.add(key);
    return values[key];
  };
}

function vandalise(part: object): void {
  if (Array.isArray(part)) part.splice(0, 1, '*', 'https://evil.test');
  // eslint-disable-next-line typescript/no-deprecated
  else if (part instanceof RegExp) part.compile('.*');
  else Object.assign(part, { origin: '*', credentials: true, exposedHeaders: 'X-Evil', policy: { origin: '*' } });
} // prettier-ignore
