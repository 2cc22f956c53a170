import 'reflect-metadata';

/** The argument of one `@CorsPolicy()` or `@NoCors()`; `policy: false` is `@NoCors()`. */
export interface CorsDeclaration {
  readonly policy: unknown;
}

/** A declaration on a member of a class, as it was made: what stands there later may be another function. */
export interface DeclaredMember {
  readonly key: string | symbol;
  /** The method; `undefined` on a property, an accessor or a parameter. */
  readonly method: object | undefined;
  readonly declaration: CorsDeclaration;
}

const DECLARATIONS = 'nestjs-cors:declarations';
const MEMBERS = 'nestjs-cors:declared-members';

type Target = object;

/** The decorator that appends a declaration. A second one on the same target shows as a list of two. */
export function declareCors(declaration: CorsDeclaration): MethodDecorator & ClassDecorator {
  return (target: Target, key?: string | symbol, descriptor?: unknown): void => {
    if (key === undefined) {
      Reflect.defineMetadata(DECLARATIONS, [...ownDeclarations(target), declaration], target);
      return;
    }
    const method = methodIn(descriptor);
    const members = [...declaredMembers(target), { key, method, declaration }];
    Reflect.defineMetadata(MEMBERS, members, target);
    if (method === undefined) return;
    Reflect.defineMetadata(DECLARATIONS, [...declarationsOf(method), declaration], method);
  };
}

/** Parameter decorators are given an index instead of a descriptor, those of properties nothing. */
function methodIn(descriptor: unknown): object | undefined {
  const { value } = (descriptor ?? {}) as PropertyDescriptor;
  return typeof value === 'function' ? (value as object) : undefined;
}

/**
 * As `Reflect.getMetadata()`, of a method or a class. `Function.prototype` carries none, and asking it is most of what a large
 * application would wait for.
 */
export function metadataOf(key: unknown, target: Target): unknown {
  return Object.getPrototypeOf(target) === Function.prototype
    ? (Reflect.getOwnMetadata(key, target) as unknown)
    : (Reflect.getMetadata(key, target) as unknown);
}

/** The declarations on this very class. */
export function ownDeclarations(type: Target): readonly CorsDeclaration[] {
  return listed(Reflect.getOwnMetadata(DECLARATIONS, type));
}

/** The declarations on a method, also on one that a wrapper has for its prototype: Nest finds its routes there, too. */
export function declarationsOf(method: Target): readonly CorsDeclaration[] {
  return listed(metadataOf(DECLARATIONS, method));
}

function listed(declared: unknown): readonly CorsDeclaration[] {
  return Array.isArray(declared) ? (declared as CorsDeclaration[]) : [];
}

/** Declarations on members of this very prototype, or on static ones of this very class. */
export function declaredMembers(target: Target): readonly DeclaredMember[] {
  const members: unknown = Reflect.getOwnMetadata(MEMBERS, target);
  return Array.isArray(members) ? (members as DeclaredMember[]) : [];
}

/** A CORS decorator stands on this very class. */
export function isDecorated(type: Target): boolean {
  return ownDeclarations(type).length > 0;
}

/** A CORS decorator stands on this method. */
export function isDecoratedMethod(method: Target): boolean {
  return declarationsOf(method).length > 0;
}

/** A declaration as it is written in code. */
export function decoratorName({ policy }: CorsDeclaration): string {
  return policy === false ? '@NoCors()' : '@CorsPolicy()';
}
