import type { AbstractHttpAdapter } from '@nestjs/core';
import type { NestRoute } from '../../routes/nest-route.js';
import { hostFilter } from '../../routes/host-filter.js';
import type { RouteCallback } from '../route-recorder.js';

/** A route's handler takes a request; otherwise Nest passes it on to the next route. */
export type RequestFilter = (request: { readonly hostname: string }) => boolean;

type ApplyVersionFilter = (handler: RouteCallback, ...rest: readonly unknown[]) => RouteCallback;

/**
 * Nest's own filters by version and host, asked instead of run: Nest puts them around a handler, so that a callback on the
 * router may run and its handler not.
 */
export class NestFilters {
  private readonly byCallback = new WeakMap<object, RequestFilter>();

  constructor(adapter: AbstractHttpAdapter) {
    const observed = adapter as unknown as { applyVersionFilter: ApplyVersionFilter };
    const apply = observed.applyVersionFilter.bind(adapter);
    observed.applyVersionFilter = (handler, ...rest) => {
      const filtered = apply(handler, ...rest);
      const asked = apply(() => true, ...rest);
      this.byCallback.set(filtered, (request) => asked(request, undefined, () => false) === true);
      return filtered;
    };
  }

  /** `undefined` where nothing but the path and the method decides. */
  of(callback: RouteCallback, { host }: NestRoute): RequestFilter | undefined {
    const byVersion = this.byCallback.get(callback);
    const byHost = hostFilter(host);
    if (byVersion === undefined && byHost === undefined) return undefined;
    return (request) => byVersion?.(request) !== false && byHost?.(request.hostname) !== false;
  }
}
