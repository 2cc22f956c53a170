import type { Type } from '@nestjs/common';
import type { IssueCollector } from '../config/issues/issue-collector.js';
import { isRouteHandler, methodsOf } from '../decorators/class-methods.js';
import { isDecoratedMethod } from '../decorators/metadata.js';
import { reportMethod } from '../decorators/misplaced.js';
import type { PolicyResolver } from '../decorators/policy-resolver.js';
import type { CompiledPolicy } from '../protocol/compiled-policy.js';
import type { HandlerPolicy } from '../routes/handler-policy.js';
import type { RejectCheck } from './check/reject.js';

/** The policies of the handlers of every controller, read once at start-up. */
export class HandlerPolicies {
  readonly all: HandlerPolicy[] = [];
  /** By policy, the index that routes refer to it by. */
  private readonly indexed = new Map<CompiledPolicy, number>();

  constructor(
    private readonly resolver: PolicyResolver,
    private readonly checkReject: RejectCheck,
    private readonly issues: IssueCollector,
  ) {}

  /** Asking of each method whether it is a route takes time: once one is, the others may be as far as policies go. */
  read(controller: Type): void {
    let routed = false;
    for (const { methodName, method } of methodsOf(controller)) {
      routed ||= isRouteHandler(method);
      const isDecorated = isDecoratedMethod(method);
      if (isDecorated && !isRouteHandler(method)) reportMethod(controller, methodName, this.issues);
      else if (routed) this.add(controller, methodName, method, isDecorated);
    }
  }

  /** Every policy, by its index. */
  compiled(): readonly CompiledPolicy[] {
    return [...this.indexed.keys()];
  }

  /** By controller, then by handler: two controllers may share a handler, by inheritance, under different policies. */
  byHandler(): ReadonlyMap<object, ReadonlyMap<object, HandlerPolicy>> {
    const policies = new Map<object, Map<object, HandlerPolicy>>();
    for (const found of this.all) {
      const own = policies.get(found.controller) ?? new Map<object, HandlerPolicy>();
      policies.set(found.controller, own.set(found.handler, found));
    }
    return policies;
  }

  private add(controller: Type, methodName: string, handler: object, isDecorated: boolean): void {
    const resolved = isDecorated
      ? this.resolver.forHandler(controller, methodName)
      : this.resolver.forController(controller);
    const policy = resolved?.compiled;
    const policyIndex = policy && this.indexOf(policy);
    this.all.push({ controller, methodName, handler, policy, policyIndex });
    if ((policy?.reject || policy?.reportOnly?.reject) && isRouteHandler(handler))
      this.checkReject(policy, `${controller.name}.${methodName}`);
  }

  private indexOf(policy: CompiledPolicy): number {
    const known = this.indexed.get(policy);
    if (known !== undefined) return known;
    this.indexed.set(policy, this.indexed.size);
    return this.indexed.size - 1;
  }
}
