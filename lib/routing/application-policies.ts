import type { Type } from '@nestjs/common';
import type { CompiledPolicy } from '../policy/compiled-policy.js';
import { IssueCollector } from '../policy/issue-collector.js';
import { isOptionsObject } from '../policy/policy-keys.js';
import { PolicyRegistry, type ResolvedPolicy } from '../policy/policy-registry.js';
import { loadPublicSuffixOf } from '../policy/risk/public-suffix.js';
import type { CorsModuleOptions, CorsStrategy } from '../cors.module-options.js';
import { checkMethods } from './check-decorators.js';
import { checkModuleOptions } from './check-module-options.js';
import { routeHandlers } from './expected-routes.js';
import type { PathEntry } from './path-policies.js';
import { PolicyResolver } from './policy-resolver.js';
import { readPaths } from './read-paths.js';

/** By method name, and by the handler function itself. */
type HandlerPolicies = ReadonlyMap<string | object, CompiledPolicy | undefined>;

/** Every policy of an application, read and compiled before its first route is registered. */
export class ApplicationPolicies {
  readonly issues = new IssueCollector();
  readonly registry: PolicyRegistry;
  readonly defaultPolicy: CompiledPolicy | undefined;
  readonly paths: readonly PathEntry[];
  private readonly ofControllers = new Map<Type, HandlerPolicies>();

  /** Collects every mistake in {@link issues}; the caller throws. */
  constructor(options: CorsModuleOptions, strategy: CorsStrategy, controllers: Iterable<Type>) {
    const production = process.env['NODE_ENV'] === 'production';
    const surroundings = { production, publicSuffixOf: loadPublicSuffixOf };
    const given = isOptionsObject(options, 'CorsModule', this.issues) ? options : {};
    checkModuleOptions(given, strategy, production, this.issues);
    const sources = given.policies ?? {};
    const valid = isOptionsObject(sources, 'policies', this.issues);
    this.registry = new PolicyRegistry(valid ? sources : {}, this.issues, surroundings);
    const base = this.readDefault(given);
    this.defaultPolicy = base?.compiled;
    this.paths = readPaths(given.paths, this.registry, this.issues);
    const resolver = new PolicyResolver(this.registry, base, this.issues);
    for (const controller of controllers) this.readController(controller, resolver, strategy);
  }

  /** The policy of a handler, named or given as the function that Nest calls. */
  policyOf(controller: Type, handler: string | object): CompiledPolicy | undefined {
    return this.ofControllers.get(controller)?.get(handler);
  }

  /** Every policy that some request may meet. */
  inUse(): ReadonlySet<CompiledPolicy> {
    return new Set(this.everywhere());
  }

  private *everywhere(): Generator<CompiledPolicy> {
    if (this.defaultPolicy !== undefined) yield this.defaultPolicy;
    for (const { policy } of this.paths) yield policy;
    for (const handlers of this.ofControllers.values()) {
      for (const policy of handlers.values()) if (policy !== undefined) yield policy;
    }
  }

  /** Ids of policies that requests beyond Nest's routes may meet. */
  beyondRoutes(): ReadonlySet<string> {
    return new Set(
      [this.defaultPolicy, ...this.paths.map(({ policy }) => policy)].map(
        (policy) => policy?.id ?? '',
      ),
    );
  }

  warnUnused(): void {
    for (const name of this.registry.unused()) {
      this.issues.warn(
        'unused-policy',
        `policies.${name}`,
        'nothing uses this policy; remove it, or check the names in your decorators',
        name,
      );
    }
  }

  private readDefault(options: CorsModuleOptions): ResolvedPolicy | undefined {
    if (options.default === undefined) return undefined;
    return this.registry.resolve(options.default, 'default');
  }

  private readController(controller: Type, resolver: PolicyResolver, strategy: CorsStrategy): void {
    const policies = new Map<string | object, CompiledPolicy | undefined>();
    for (const { methodName, targetCallback } of routeHandlers(controller)) {
      const policy = resolver.forHandler(controller, methodName)?.compiled;
      policies.set(methodName, policy).set(targetCallback as object, policy);
      if (strategy === 'interceptor' && policy?.reject) this.reportReject(controller, methodName);
    }
    this.ofControllers.set(controller, policies);
    checkMethods(controller, (name) => policies.has(name), this.issues);
  }

  private reportReject(controller: Type, methodName: string): void {
    this.issues.error(
      'needs-hook',
      `${controller.name}.${methodName}`,
      "`denied: 'reject'` has to answer before guards, and an interceptor runs after them; use strategy 'hook'",
    );
  }
}
