import 'reflect-metadata';

/** The argument of one `@CorsPolicy()` or `@NoCors()`; `policy: false` is `@NoCors()`. */
export interface CorsDeclaration {
  readonly policy: unknown;
}

const DECLARATIONS = 'nestjs-cors:declarations';

/** On a prototype: the names of its methods that a CORS decorator stood on. */
const DECORATED = 'nestjs-cors:decorated';

type Target = object;

/** The decorator that appends a declaration. A second one on the same target shows as a list of two. */
export function declareCors(declaration: CorsDeclaration): MethodDecorator & ClassDecorator {
  return (target: Target, key?: string | symbol, descriptor?: PropertyDescriptor): void => {
    if (key !== undefined)
      Reflect.defineMetadata(DECORATED, [...decoratedKeys(target), key], target);
    const holder: Target = descriptor === undefined ? target : (descriptor.value as Target);
    Reflect.defineMetadata(DECLARATIONS, [...ownDeclarations(holder), declaration], holder);
  };
}

/** The one place that reads what the decorators wrote: the declarations on this very class or method. */
export function ownDeclarations(target: Target): readonly CorsDeclaration[] {
  const declared: unknown = Reflect.getOwnMetadata(DECLARATIONS, target);
  return Array.isArray(declared) ? (declared as CorsDeclaration[]) : [];
}

/**
 * Methods that were decorated and whose function another decorator has replaced since, without its metadata: `@NoCors()`
 * below `@Transactional()`.
 */
export function lostDecorations(prototype: Target): readonly string[] {
  const isLost = (key: string | symbol): boolean => {
    const method: unknown = Object.getOwnPropertyDescriptor(prototype, key)?.value;
    return typeof method !== 'function' || !isDecorated(method);
  };
  return [...new Set(decoratedKeys(prototype))].filter(isLost).map(String);
}

function decoratedKeys(prototype: Target): readonly (string | symbol)[] {
  const keys: unknown = Reflect.getOwnMetadata(DECORATED, prototype);
  return Array.isArray(keys) ? (keys as (string | symbol)[]) : [];
}

/** A CORS decorator stands on this very class or method. */
export function isDecorated(target: Target): boolean {
  return ownDeclarations(target).length > 0;
}
