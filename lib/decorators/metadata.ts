import 'reflect-metadata';

/** The argument of one `@CorsPolicy()` or `@NoCors()`; `policy: false` is `@NoCors()`. */
export interface CorsDeclaration {
  readonly policy: unknown;
}

const DECLARATIONS = 'nestjs-cors:declarations';

type Target = object;

/** The decorator that appends a declaration. A second one on the same target shows as a list of two. */
export function declareCors(declaration: CorsDeclaration): MethodDecorator & ClassDecorator {
  return (target: Target, _key?: string | symbol, descriptor?: PropertyDescriptor): void => {
    const holder: Target = descriptor === undefined ? target : (descriptor.value as Target);
    Reflect.defineMetadata(DECLARATIONS, [...ownDeclarations(holder), declaration], holder);
  };
}

/** The one place that reads what the decorators wrote: the declarations on this very class or method. */
export function ownDeclarations(target: Target): readonly CorsDeclaration[] {
  const declared: unknown = Reflect.getOwnMetadata(DECLARATIONS, target);
  return Array.isArray(declared) ? (declared as CorsDeclaration[]) : [];
}

/** A CORS decorator stands on this very class or method. */
export function isDecorated(target: Target): boolean {
  return ownDeclarations(target).length > 0;
}
