import type { FindMyWay, FindMyWayConstructor } from './find-my-way.js';

/** More than any target has. */
const LONGEST_PARAM = 2 ** 30;

/**
 * All patterns, as routes of one method and without constraints. What none of them takes is routed for no method, and that is
 * known after the target was decoded once, not once for each method: decoding is most of what a target of many escapes costs.
 */
export class AnyMethod {
  private readonly router: FindMyWay;

  constructor(findMyWay: FindMyWayConstructor, options: object, patterns: Iterable<string>) {
    this.router = findMyWay({
      ...options,
      maxParamLength: LONGEST_PARAM,
      querystringParser: () => ({}),
    });
    for (const pattern of new Set(patterns)) {
      try {
        this.router.on('GET', pattern, {}, () => undefined, undefined);
      } catch {
        // Another pattern of the same shape is there already, and takes the same targets.
      }
    }
  }

  takes(url: string): boolean {
    return this.router.find('GET', url, {}) !== null;
  }
}
