import type { CorsPolicyName, CorsPolicyOptions } from './config/policies/policy-options.js';
import { declareCors } from './decorators/metadata.js';

/**
 * Puts a controller or a single handler under a CORS policy: one of the named policies of `CorsModule`, or options of its
 * own. The nearest policy replaces the others whole; `extends` is the only way to build on another.
 *
 * Class metadata is inherited by subclasses; a method that overrides another starts afresh.
 *
 * @param policy a policy name or options, checked at start-up
 *
 * @example
 * ```ts
 * @CorsPolicy('partners')
 * @Controller('orders')
 * export class OrdersController {
 *   @CorsPolicy({ extends: 'partners', maxAge: 60 }) @Put(':id') update() {}
 * }
 * ```
 *
 * @publicApi
 */
export function CorsPolicy(
  policy: CorsPolicyName | CorsPolicyOptions,
): MethodDecorator & ClassDecorator {
  return declareCors({ policy });
}

/**
 * Puts a controller or a single handler out of reach of other sites: no preflight passes, and no `Access-Control-*` header
 * leaves, not even one that the handler sets.
 *
 * @publicApi
 */
export function NoCors(): MethodDecorator & ClassDecorator {
  return declareCors({ policy: false });
}
