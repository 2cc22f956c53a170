import type { ExpectedRoute } from './expected-routes.js';
import { tokenOf } from './handler-token.js';

/**
 * Says which controller a registration on the adapter belongs to. Several registrations may share method, path and handler
 * (a base class in two controllers): they are told apart by their order, which Nest keeps.
 */
export class RouteAttribution {
  private readonly waiting = new Map<string, ExpectedRoute[]>();
  /** The adapter normalises some paths before Nest registers them: normalised → as Nest names them. */
  private readonly aliases = new Map<string, Set<string>>();

  constructor(expected: readonly ExpectedRoute[]) {
    for (const route of expected) {
      const key = `${route.method} ${route.path}`;
      this.waiting.set(key, [...(this.waiting.get(key) ?? []), route]);
    }
  }

  /** Routes that were expected and never came. */
  missing(): readonly ExpectedRoute[] {
    return [...this.waiting.values()].flat();
  }

  addAlias(normalised: string, path: string): void {
    this.aliases.set(normalised, (this.aliases.get(normalised) ?? new Set()).add(path));
  }

  /** The route that a callback was registered for; `undefined` for what is not Nest's. */
  attribute(method: string, path: string, callback: object): ExpectedRoute | undefined {
    const token = tokenOf(callback);
    if (token === undefined) return undefined;
    for (const name of [path, ...(this.aliases.get(path) ?? [])]) {
      const routes = this.waiting.get(`${method} ${name}`) ?? [];
      const index = routes.findIndex((route) => route.token === token);
      if (index !== -1) return routes.splice(index, 1)[0];
    }
    return undefined;
  }
}
