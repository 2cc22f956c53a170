import type {
  CorsPolicyName,
  CorsPolicyOptions,
  ReservedPolicyName,
} from './config/policies/policy-options.js';
import { declareCors } from './decorators/metadata.js';

/**
 * Puts a controller or a single handler under a CORS policy: one of the named policies of `CorsModule`, or options of its
 * own. The nearest policy replaces the others whole; `extends` is the only way to build on another.
 *
 * Class metadata is inherited by subclasses; a method that overrides another starts afresh.
 *
 * Two words stand for a policy, under strategy `'hook'`. `'paths'` is for a handler that forwards many paths: the `paths` entry
 * that covers the target decides, else `default`, as for what no handler serves. `'passthrough'` leaves the headers of the handler,
 * or of what it forwards to, as they are, and preflights go on to the application.
 *
 * @param policy a policy name, options, `'paths'` or `'passthrough'`; checked at start-up
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
  policy: CorsPolicyName | ReservedPolicyName | CorsPolicyOptions,
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
