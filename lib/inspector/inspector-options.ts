import type { CanActivate, ModuleMetadata, Type } from '@nestjs/common';

/**
 * Options of `CorsInspectorModule.forRoot()`.
 *
 * @publicApi
 */
export interface CorsInspectorModuleOptions {
  /** The page's path, below the global prefix, without a version. `'cors'` unless given. */
  readonly path?: string;
  /** Guards on the page and on everything that it loads, as with `@UseGuards()`. */
  readonly guards?: readonly (Type<CanActivate> | CanActivate)[];
  /** Further decorators of the page's controller, such as the one that makes a route public to a global guard. */
  readonly decorators?: readonly ClassDecorator[];
  /** Modules with what the guards inject. */
  readonly imports?: ModuleMetadata['imports'];
}
