import type { Type } from '@nestjs/common';
import { decidesEarly, type CompiledPolicy } from '../protocol/compiled-policy.js';
import { IssueCollector } from '../config/issues/issue-collector.js';
import { readLiveOptions, type LiveSettings } from '../config/live/check-live-options.js';
import { compileLive, type LiveValues } from '../config/policies/compile-live.js';
import type { Surroundings } from '../config/origins/check-origins.js';
import { readOptions } from '../config/policies/copy-options.js';
import { POLICIES_KIND } from '../config/policies/options-kind.js';
import { PolicyRegistry, type ResolvedPolicy } from '../config/policies/policy-registry.js';
import { loadPublicSuffixOf, type PublicSuffixOf } from '../config/origins/risk/public-suffix.js';
import { placeIn } from '../protocol/show-value.js';
import type { CorsModuleOptions, CorsStrategy } from '../config/module/module-options.js';
import { reportLost } from '../decorators/lost.js';
import { checkModuleOptions, MODULE_KIND } from '../config/module/check-module-options.js';
import { type PathEntry, PathPolicies } from '../paths/path-policies.js';
import type { LivePolicies, Snapshot } from '../routes/snapshot.js';
import { PolicyResolver } from '../decorators/policy-resolver.js';
import { readPaths } from '../paths/read-paths.js';
import { rejectCheck, type RejectCheck } from './check/reject.js';
import { HandlerPolicies } from './handler-policies.js';

/** Every policy of an application, read and compiled before its first route is registered. */
export class ApplicationPolicies {
  readonly issues = new IssueCollector();
  /** The options of live policies; `undefined` where there are none. */
  readonly live: LiveSettings | undefined;
  private readonly surroundings: Surroundings;
  private readonly registry: PolicyRegistry;
  readonly defaultPolicy: CompiledPolicy | undefined;
  readonly paths: readonly PathEntry[];
  /** Those of the option `policies`, used or not. */
  readonly named: ReadonlyMap<string, CompiledPolicy>;
  readonly debug: boolean;
  /** Those of every controller. */
  readonly handlers: HandlerPolicies;
  private readonly resolver: PolicyResolver;
  /** Policies of classes that are no controllers, such as gateways. */
  private readonly ofClasses = new Map<Type, CompiledPolicy>();
  private readonly checkReject: RejectCheck;

  /** Collects every mistake in {@link issues}; the caller throws. */
  constructor(options: CorsModuleOptions, strategy: CorsStrategy, controllers: Iterable<Type>) {
    const production = process.env['NODE_ENV'] === 'production';
    const given: CorsModuleOptions =
      readOptions(options, 'CorsModule', MODULE_KIND, this.issues) ?? {};
    checkModuleOptions(given, strategy, production, this.issues);
    this.debug = given.debug === true;
    this.checkReject = rejectCheck(strategy, this.issues);
    this.live = given.live === undefined ? undefined : readLiveOptions(given.live, this.issues);
    this.surroundings = { production, publicSuffixOf: once(loadPublicSuffixOf) };
    this.registry = this.readPolicies(given);
    this.named = this.compiledByName();
    const base = this.readDefault(given);
    this.defaultPolicy = base?.compiled;
    if (this.live !== undefined && this.liveNames().size === 0) this.reportNothingLive();
    this.paths = readPaths(given.paths, this.registry, this.issues);
    this.resolver = new PolicyResolver(this.registry, base, this.issues, {
      hasHook: strategy !== 'interceptor',
      hasPaths: isFilled(given.paths),
    });
    reportLost(controllers, this.issues);
    this.handlers = new HandlerPolicies(this.resolver, this.checkReject, this.issues);
    for (const controller of controllers) this.handlers.read(controller);
  }

  /** The policy that a decorator on a class other than a controller declares, such as a gateway; read at start-up. */
  ofClass(type: Type): CompiledPolicy | undefined {
    const policy = this.resolver.forClass(type)?.compiled;
    if (policy !== undefined) this.ofClasses.set(type, policy);
    return policy;
  }

  /** The place of the decorator that decides about a handler or, without a method, about a class; or `'default'`. */
  declaredAt(type: Type, methodName?: string): string | undefined {
    return methodName === undefined
      ? this.resolver.placeOf(type)
      : this.resolver.placeFor(type, methodName);
  }

  /** Some policy has to decide before a request goes on. */
  decideEarly(): boolean {
    return [...this.inUse()].some(decidesEarly);
  }

  /**
   * The policies as requests meet them.
   *
   * @param revision of the live policies; 0 for none
   * @param live the live policies
   */
  snapshot(caseSensitive: boolean, revision: number, live: LivePolicies): Snapshot {
    const current = (policy: CompiledPolicy): CompiledPolicy =>
      policy.live === undefined ? policy : (live.get(policy.live) ?? policy);
    const defaultPolicy = this.defaultPolicy && current(this.defaultPolicy);
    const paths = this.paths.map((entry) => ({ ...entry, policy: current(entry.policy) }));
    return Object.freeze({
      revision,
      policies: Object.freeze(this.handlers.compiled().map(current)),
      default: defaultPolicy,
      paths: new PathPolicies(paths, caseSensitive, defaultPolicy),
      current,
    });
  }

  /** The live policies where no source has said anything: they deny everyone. */
  get unlisted(): LivePolicies {
    return this.registry.live as ReadonlyMap<object, CompiledPolicy>;
  }

  /** Names of the policies that the source has the lists of. */
  liveNames(): ReadonlySet<string> {
    return new Set([...this.registry.live.keys()].map(({ name }) => name));
  }

  /** Compiles the live policies as start-up would have, had the lists stood in the code. */
  compileLive(values: ReadonlyMap<string, LiveValues>, issues: IssueCollector): LivePolicies {
    return compileLive(this.registry.live, values, this.surroundings, issues);
  }

  /** Every policy that some request may meet. */
  inUse(): ReadonlySet<CompiledPolicy> {
    const used = new Set<CompiledPolicy>(this.ofClasses.values());
    if (this.defaultPolicy !== undefined) used.add(this.defaultPolicy);
    for (const { policy } of this.paths) used.add(policy);
    for (const policy of this.handlers.compiled()) used.add(policy);
    return used;
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
      this.issues.add(
        'unused-policy',
        placeIn('policies', name),
        'nothing uses this policy; remove it, or check the names in your decorators',
        name,
      );
    }
  }

  /** Lets go of the options once nothing is asked of them any more. */
  forgetOptions(): void {
    this.registry.forget();
  }

  private readPolicies({ policies, live }: CorsModuleOptions): PolicyRegistry {
    const sources =
      policies === undefined ? {} : readOptions(policies, 'policies', POLICIES_KIND, this.issues);
    const sourced = live !== undefined;
    const registry = new PolicyRegistry(sources ?? {}, this.issues, this.surroundings, sourced);
    for (const name of registry.names()) {
      this.checkReject(registry.peek(name)?.compiled, placeIn('policies', name));
    }
    return registry;
  }

  private compiledByName(): ReadonlyMap<string, CompiledPolicy> {
    const named = new Map<string, CompiledPolicy>();
    for (const name of this.registry.names()) {
      const compiled = this.registry.peek(name)?.compiled;
      if (compiled !== undefined) named.set(name, compiled);
    }
    return named;
  }

  private readDefault(options: CorsModuleOptions): ResolvedPolicy | undefined {
    if (options.default === undefined) return undefined;
    const resolved = this.registry.resolve(options.default, 'default');
    this.checkReject(resolved?.compiled, 'default');
    return resolved;
  }

  private reportNothingLive(): void {
    const message =
      '`live` has no effect: no policy takes its origins from the source; write `origin: fromSource()` in one of `policies`, or remove it';
    this.issues.add('option-without-effect', 'live', message);
  }
}

/** There are entries; a value that is no list counts as some, because it has been reported. */
function isFilled(paths: unknown): boolean {
  return Array.isArray(paths) ? paths.length > 0 : paths !== undefined;
}

/** The list is looked for once, and only where a wildcard is met. */
function once(load: () => PublicSuffixOf | undefined): () => PublicSuffixOf | undefined {
  let loaded: { readonly list: PublicSuffixOf | undefined } | undefined;
  return () => (loaded ??= { list: load() }).list;
}
