import type { Type } from '@nestjs/common';
import { MetadataScanner } from '@nestjs/core';
import type { CompiledPolicy } from '../policy/compiled-policy.js';
import { IssueCollector } from '../policy/issue-collector.js';
import { checkKeys, isOptionsObject } from '../policy/policy-keys.js';
import { PolicyRegistry, type ResolvedPolicy } from '../policy/policy-registry.js';
import type { CorsModuleOptions, CorsStrategy } from '../cors.module-options.js';
import { ownDeclarations } from './cors-metadata.js';
import { routeHandlers } from './expected-routes.js';
import type { PathEntry } from './path-policies.js';
import { PolicyResolver } from './policy-resolver.js';
import { readPaths } from './read-paths.js';

const MODULE_KEYS: Readonly<Record<keyof CorsModuleOptions, true>> = {
  default: true,
  policies: true,
  paths: true,
  debug: true,
  dangerouslyAllow: true,
};

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
    const given = isOptionsObject(options, 'CorsModule', this.issues) ? options : {};
    this.checkModule(given, strategy);
    const sources = given.policies ?? {};
    const valid = isOptionsObject(sources, 'policies', this.issues);
    this.registry = new PolicyRegistry(valid ? sources : {}, this.issues);
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
  *inUse(): Generator<CompiledPolicy> {
    if (this.defaultPolicy !== undefined) yield this.defaultPolicy;
    for (const { policy } of this.paths) yield policy;
    for (const handlers of this.ofControllers.values()) {
      for (const policy of handlers.values()) if (policy !== undefined) yield policy;
    }
  }

  private readDefault(options: CorsModuleOptions): ResolvedPolicy | undefined {
    if (options.default === undefined) return undefined;
    return this.registry.resolve(options.default, 'default');
  }

  private checkModule(options: CorsModuleOptions, strategy: CorsStrategy): void {
    checkKeys(Object.keys(options), MODULE_KEYS, 'CorsModule', this.issues);
    if (strategy !== 'hook' && strategy !== 'interceptor') {
      this.issues.error(
        'unknown-strategy',
        'strategy',
        "`strategy` is neither 'hook' nor 'interceptor'; omit it for 'hook'",
        strategy,
      );
    }
    if (strategy === 'interceptor' && options.paths !== undefined) {
      this.issues.error(
        'needs-hook',
        'paths',
        "an interceptor never sees what no Nest handler serves, so `paths` would have no effect; use strategy 'hook'",
      );
    }
    const accepted = options.dangerouslyAllow ?? [];
    if (
      options.debug === true &&
      process.env['NODE_ENV'] === 'production' &&
      !accepted.includes('debug-in-production')
    ) {
      this.issues.error(
        'debug-in-production',
        'debug',
        "`debug` tells every site why it was denied; drop it in production, or list 'debug-in-production' in `dangerouslyAllow`",
      );
    }
  }

  private readController(controller: Type, resolver: PolicyResolver, strategy: CorsStrategy): void {
    const policies = new Map<string | object, CompiledPolicy | undefined>();
    for (const { methodName, targetCallback } of routeHandlers(controller)) {
      const policy = resolver.forHandler(controller, methodName)?.compiled;
      policies.set(methodName, policy).set(targetCallback as object, policy);
      if (strategy === 'interceptor' && policy?.reject) this.reportReject(controller, methodName);
    }
    this.ofControllers.set(controller, policies);
    this.reportIdleDecorators(controller, policies);
  }

  private reportReject(controller: Type, methodName: string): void {
    this.issues.error(
      'needs-hook',
      `${controller.name}.${methodName}`,
      "`denied: 'reject'` has to answer before guards, and an interceptor runs after them; use strategy 'hook'",
    );
  }

  private reportIdleDecorators(controller: Type, routes: HandlerPolicies): void {
    const prototype = controller.prototype as Record<string, object>;
    for (const name of new MetadataScanner().getAllMethodNames(prototype)) {
      const handler = prototype[name];
      if (routes.has(name) || handler === undefined || ownDeclarations(handler).length === 0)
        continue;
      this.issues.error(
        'decorator-without-effect',
        `${controller.name}.${name}`,
        'no HTTP route leads to this method, so its CORS decorator would have no effect; remove it, or add @Get() or the like',
      );
    }
  }
}
