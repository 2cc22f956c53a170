import type { Type } from '@nestjs/common';
import type { HandlerPolicy } from './handler-policy.js';
import { isRouteHandler } from '../decorators/class-methods.js';
import type { ExpectedRoute } from './expected-routes.js';
import { tokenOf } from './handler-token.js';

/** The routes that Nest is going to register for some controllers, in order. */
type Expect = (controllers: ReadonlySet<Type>) => readonly ExpectedRoute[];

/** The only controller that a handler belongs to. */
interface Owner {
  readonly policy: HandlerPolicy;
  /** Whether a route of it was registered. */
  seen: boolean;
}

/**
 * Says which controller a registration on the adapter belongs to. The adapter is told only a path and a callback, and Nest
 * copies the handler's number to the callback. Handlers that several controllers share (by inheritance) are told apart by
 * the routes that are expected for them and their order, which Nest keeps.
 */
export class RouteAttribution {
  private readonly owners = new Map<number, Owner>();
  private readonly shared = new Map<number, HandlerPolicy[]>();
  private waiting: Map<string, ExpectedRoute[]> | undefined;
  /** The adapter normalises some paths before Nest registers them: normalised → as Nest names them. */
  private readonly aliases = new Map<string, Set<string>>();

  constructor(
    handlers: Iterable<HandlerPolicy>,
    private readonly expect: Expect,
  ) {
    for (const policy of handlers) this.add(policy);
  }

  /** Routes that were expected and never came. */
  missing(): readonly ExpectedRoute[] {
    const controllers = new Set<Type>();
    const unseen = new Set<number>();
    for (const [token, { policy, seen }] of this.owners) {
      if (seen || !isRouteHandler(policy.handler)) continue;
      unseen.add(token);
      controllers.add(policy.controller);
    }
    const ofOwners = this.expect(controllers).filter(({ token }) => unseen.has(token));
    return [...ofOwners, ...[...this.expected().values()].flat()];
  }

  /** Whether a handler belongs to several controllers. */
  get hasShared(): boolean {
    return this.shared.size > 0;
  }

  addAlias(normalised: string, path: string): void {
    if (normalised === path) return;
    this.aliases.set(normalised, (this.aliases.get(normalised) ?? new Set()).add(path));
  }

  /** The handler that a callback was made from; `undefined` for what is not known to be Nest's. */
  attribute(method: string, path: string, callback: object): HandlerPolicy | undefined {
    const token = tokenOf(callback);
    if (token === undefined) return undefined;
    const owner = this.owners.get(token);
    if (owner === undefined) return this.attributeShared(method, path, token);
    owner.seen = true;
    return owner.policy;
  }

  private add(policy: HandlerPolicy): void {
    const { token } = policy;
    const sharing = this.shared.get(token);
    const other = this.owners.get(token);
    if (sharing !== undefined) sharing.push(policy);
    else if (other === undefined) this.owners.set(token, { policy, seen: false });
    else if (isRouteHandler(policy.handler)) {
      this.shared.set(token, [other.policy, policy]);
      this.owners.delete(token);
    }
  }

  private attributeShared(method: string, path: string, token: number): HandlerPolicy | undefined {
    for (const alias of [path, ...(this.aliases.get(path) ?? [])]) {
      const route = this.take(`${method} ${alias}`, token);
      if (route === undefined) continue;
      const isIts = ({ controller, methodName }: HandlerPolicy): boolean =>
        controller === route.controller && methodName === route.methodName;
      return this.shared.get(token)?.find(isIts);
    }
    return undefined;
  }

  private take(key: string, token: number): ExpectedRoute | undefined {
    const routes = this.expected().get(key);
    const index = routes?.findIndex((route) => route.token === token) ?? -1;
    return index === -1 ? undefined : routes?.splice(index, 1)[0];
  }

  /** Of the shared handlers only. Prefix, versions and modules are final by the time Nest registers its first route. */
  private expected(): ReadonlyMap<string, ExpectedRoute[]> {
    if (this.waiting !== undefined) return this.waiting;
    this.waiting = new Map();
    const sharing = [...this.shared.values()].flat().map(({ controller }) => controller);
    for (const route of this.expect(new Set(sharing))) {
      if (!this.shared.has(route.token)) continue;
      const key = `${route.method} ${route.path}`;
      const others = this.waiting.get(key);
      if (others === undefined) this.waiting.set(key, [route]);
      else others.push(route);
    }
    return this.waiting;
  }
}
