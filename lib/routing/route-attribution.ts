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
      const others = this.waiting.get(key);
      if (others === undefined) this.waiting.set(key, [route]);
      else others.push(route);
    }
  }

  /** Routes that were expected and never came. */
  missing(): readonly ExpectedRoute[] {
    return [...this.waiting.values()].flat();
  }

  addAlias(normalised: string, path: string): void {
    if (normalised === path) return;
    this.aliases.set(normalised, (this.aliases.get(normalised) ?? new Set()).add(path));
  }

  /** The route that a callback was registered for; `undefined` for what is not Nest's. */
  attribute(method: string, path: string, callback: object): ExpectedRoute | undefined {
    const token = tokenOf(callback);
    if (token === undefined) return undefined;
    const found = this.take(`${method} ${path}`, token);
    const aliases = this.aliases.get(path);
    if (found !== undefined || aliases === undefined) return found;
    for (const alias of aliases) {
      const route = this.take(`${method} ${alias}`, token);
      if (route !== undefined) return route;
    }
    return undefined;
  }

  private take(key: string, token: number): ExpectedRoute | undefined {
    const routes = this.waiting.get(key);
    const index = routes?.findIndex((route) => route.token === token) ?? -1;
    return index === -1 ? undefined : routes?.splice(index, 1)[0];
  }
}
