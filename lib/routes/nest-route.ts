import type { Type } from '@nestjs/common';
import type { CompiledPolicy } from '../protocol/compiled-policy.js';

/** A route as Nest registered it on the adapter, with the policy of its handler. */
export interface NestRoute {
  /** HTTP method in upper case; `'ALL'` for `@All()`. */
  readonly method: string;
  /** As the adapter received it: with prefix, version and controller path. */
  readonly path: string;
  readonly controller: Type;
  readonly methodName: string;
  /** Index of its policy in a snapshot; `undefined`: no policy, the route is left alone. */
  readonly policyIndex: number | undefined;
  /** The same policy as start-up sees it. */
  readonly declared: CompiledPolicy | undefined;
  /** The hosts a controller is bound to. */
  readonly host: string | RegExp | readonly (string | RegExp)[] | undefined;
  /** Of the handler, else of its controller, as Nest knows it; `undefined` for none. */
  readonly version: unknown;
  /** Chosen by what a preflight cannot carry: a version outside the path, or a Fastify route constraint. */
  readonly headerBound: boolean;
}

/** As much of a route as is known while its handler runs. */
export type RunningRoute = Pick<NestRoute, 'policyIndex' | 'controller' | 'methodName'>;

/** The place of a route in messages, such as `OrdersController.update`. */
export function placeOf(route: Pick<NestRoute, 'controller' | 'methodName'>): string {
  return `${route.controller.name}.${route.methodName}`;
}

/** Policies that answer alike, however they were written. */
export function sameId(
  left: CompiledPolicy | undefined,
  right: CompiledPolicy | undefined,
): boolean {
  return left?.id === right?.id;
}
