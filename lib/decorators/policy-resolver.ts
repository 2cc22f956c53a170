import type { Type } from '@nestjs/common';
import type { IssueCollector } from '../config/issues/issue-collector.js';
import {
  NO_CORS,
  type ParentLookup,
  type PolicyRegistry,
  type ResolvedPolicy,
} from '../config/policies/policy-registry.js';
import { chainOf } from './inheritance.js';
import { isReserved, reservedPolicy, type ReservedNeeds } from './reserved-policies.js';
import { declarationsOf, isDecorated, ownDeclarations, type CorsDeclaration } from './metadata.js';

/** Resolves decorators to policies: handler, else controller, else `default`, else none. The nearest replaces the others. */
export class PolicyResolver {
  private readonly ofController = new Map<Type, ResolvedPolicy | undefined>();
  private readonly ofClass = new Map<object, ResolvedPolicy | undefined>();

  constructor(
    private readonly registry: PolicyRegistry,
    private readonly defaultPolicy: ResolvedPolicy | undefined,
    private readonly issues: IssueCollector,
    private readonly needs: ReservedNeeds,
  ) {}

  /** The policy of a handler as a route of this controller. */
  forHandler(controller: Type, methodName: string): ResolvedPolicy | undefined {
    const handler = (controller.prototype as Record<string, object>)[methodName];
    const declared = handler && this.declaration(handler, controller, methodName);
    const above = this.forController(controller);
    if (declared === undefined) return above;
    const where = `${controller.name}.${methodName}`;
    const resolved = this.resolve(declared, where, () => above);
    if (isWrittenOut(declared, resolved) && declaringClass(controller) !== undefined) {
      this.warnIfWider(resolved, above, where);
    }
    return resolved;
  }

  /** A policy written out on a handler replaces the controller's; that it drops a restriction may be an oversight. */
  private warnIfWider(
    own: ResolvedPolicy | undefined,
    above: ResolvedPolicy | undefined,
    where: string,
  ): void {
    if (own === undefined || above === undefined) return;
    const everyone = own.compiled.anyOrigin && !above.compiled.anyOrigin;
    const credentials = credentialRank(own) > credentialRank(above);
    if (!everyone && !credentials) return;
    const what = everyone ? 'every origin' : 'credentials';
    this.issues.add(
      'wider-than-controller',
      where,
      `allows ${what}, which the controller's policy does not: policies replace each other whole; extend 'parent' to keep the rest, or name a policy to say that it is meant`,
    );
  }

  /** The policy of a controller's handlers that have none of their own. */
  forController(controller: Type): ResolvedPolicy | undefined {
    if (this.ofController.has(controller)) return this.ofController.get(controller);
    const owner = declaringClass(controller);
    const resolved = owner === undefined ? this.defaultPolicy : this.forDeclaringClass(owner);
    this.ofController.set(controller, resolved);
    return resolved;
  }

  /** The policy that a decorator on the class, or on the nearest superclass, declares. */
  forClass(type: Type): ResolvedPolicy | undefined {
    const owner = declaringClass(type);
    return owner && this.forDeclaringClass(owner);
  }

  /** The place of the declaration that decides about a handler, or `'default'`; `undefined` where there is none. */
  placeFor(controller: Type, methodName: string): string | undefined {
    const handler = (controller.prototype as Record<string, object>)[methodName];
    if (handler && declarationsOf(handler).length > 0) return `${controller.name}.${methodName}`;
    return this.placeOf(controller) ?? (this.defaultPolicy && 'default');
  }

  /** The class, this one or above, whose decorator decides about it. */
  placeOf(type: Type): string | undefined {
    return declaringClass(type)?.name;
  }

  private forDeclaringClass(owner: Type): ResolvedPolicy | undefined {
    if (this.ofClass.has(owner)) return this.ofClass.get(owner);
    const declared = this.declaration(owner, owner);
    const superclass = Object.getPrototypeOf(owner) as Type;
    const resolved =
      declared && this.resolve(declared, owner.name, () => this.forController(superclass));
    this.ofClass.set(owner, resolved);
    return resolved;
  }

  private declaration(
    target: object,
    type: Type,
    methodName?: string,
  ): CorsDeclaration | undefined {
    const declarations =
      methodName === undefined ? ownDeclarations(target) : declarationsOf(target);
    if (declarations.length > 1) {
      this.issues.add(
        'duplicate-decorator',
        methodName === undefined ? type.name : `${type.name}.${methodName}`,
        'two of @CorsPolicy() and @NoCors() stand on one target, and only one can hold; keep one, or extend with `extends`',
      );
    }
    return declarations[0];
  }

  private resolve(
    declared: CorsDeclaration,
    where: string,
    parent: ParentLookup,
  ): ResolvedPolicy | undefined {
    const { policy } = declared;
    if (policy === false) return NO_CORS;
    return isReserved(policy)
      ? reservedPolicy(policy, where, this.needs, this.issues)
      : this.registry.resolve(policy, where, parent);
  }
}

/** Nobody, those on a list, everyone who is allowed. */
function credentialRank({ compiled: { credentials, credentialed } }: ResolvedPolicy): number {
  return Number(credentials) + Number(credentials && credentialed === undefined);
}

/** The nearest class, from this one upwards, that a decorator stands on. */
function declaringClass(controller: Type): Type | undefined {
  return chainOf(controller).find(isDecorated) as Type | undefined;
}

function isWrittenOut({ policy }: CorsDeclaration, resolved: ResolvedPolicy | undefined): boolean {
  return typeof policy === 'object' && resolved?.options.extends === undefined;
}
