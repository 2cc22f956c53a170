import type { Surroundings } from '../origins/check-origins.js';
import { NO_CORS_POLICY, type CompiledPolicy } from '../../protocol/compiled-policy.js';
import type { IssueCollector } from '../issues/issue-collector.js';
import { MAX_DEPTH, reportChain, reportUnknownPolicy } from './extends-issues.js';
import type { ResolvedPolicy } from './judge-policy.js';
import type { LiveShape } from './live-shape.js';
import { type ParentLookup, PolicyReader } from './policy-reader.js';
import { NO_ORIGINS } from '../origins/read-origins.js';
import { placeIn, show } from '../../protocol/show-value.js';

export type { ResolvedPolicy } from './judge-policy.js';
export type { ParentLookup } from './policy-reader.js';

/** `@NoCors()`: a policy that nothing can extend. */
export const NO_CORS: ResolvedPolicy = {
  options: { origin: false },
  origins: NO_ORIGINS,
  compiled: NO_CORS_POLICY,
};

const NO_PARENT: ParentLookup = () => undefined;
const RESERVED_NAMES: ReadonlySet<string> = new Set(['', 'parent', 'passthrough', 'paths', 'self']);

/** The named policies of an application, compiled once. */
export class PolicyRegistry {
  private readonly named = new Map<string, ResolvedPolicy | undefined>();
  private readonly beingResolved = new Set<string>();
  private readonly used = new Set<string>();
  private readonly reader: PolicyReader;

  constructor(
    private sources: Readonly<Record<string, unknown>>,
    private readonly issues: IssueCollector,
    surroundings: Surroundings,
    /** A live source gives origins. */
    sourced = false,
  ) {
    const isBeingResolved = (name: string): boolean => this.beingResolved.has(name);
    const names = { get: this.get.bind(this), isBeingResolved };
    this.reader = new PolicyReader(names, issues, surroundings, sourced);
    for (const name of Object.keys(sources)) {
      if (RESERVED_NAMES.has(name)) {
        issues.add(
          'reserved-policy-name',
          placeIn('policies', name),
          `${show(name)} cannot name a policy; choose another name`,
          name,
        );
      }
      this.resolveNamed(name);
    }
  }

  /** Policies whose origins come from a live source, each after those that it extends; as yet they deny everyone. */
  get live(): ReadonlyMap<LiveShape, CompiledPolicy> {
    return this.reader.live;
  }

  /** The names, in the order in which they were given. */
  names(): readonly string[] {
    return [...this.named.keys()];
  }

  /** The policy of a name that is known, without using it. */
  peek(name: string): ResolvedPolicy | undefined {
    return this.named.get(name);
  }

  /** The names that nothing has asked for. */
  unused(): readonly string[] {
    return this.names().filter((name) => !this.used.has(name));
  }

  /** Lets go of what was read, which takes far more room than what was compiled from it. Nothing can be resolved after. */
  forget(): void {
    this.named.clear();
    this.sources = {};
  }

  /** The policy of that name; an unknown name is reported at `where`. */
  get(name: string, where: string): ResolvedPolicy | undefined {
    this.used.add(name);
    if (Object.hasOwn(this.sources, name)) return this.resolveNamed(name);
    reportUnknownPolicy(name, where, Object.keys(this.sources), this.issues);
    return undefined;
  }

  /** A policy given by name or by options. */
  resolve(
    source: unknown,
    where: string,
    parent: ParentLookup = NO_PARENT,
  ): ResolvedPolicy | undefined {
    if (typeof source === 'string') return this.get(source, where);
    return this.reader.read(source, where, where, parent);
  }

  private resolveNamed(name: string): ResolvedPolicy | undefined {
    if (this.named.has(name)) return this.named.get(name);
    const where = placeIn('policies', name);
    if (this.beingResolved.has(name) || this.beingResolved.size > MAX_DEPTH) {
      const chain = [...this.beingResolved, name];
      reportChain(chain, this.beingResolved.has(name), where, this.issues);
      return undefined;
    }
    this.beingResolved.add(name);
    const resolved = this.reader.read(this.sources[name], where, name, NO_PARENT);
    this.beingResolved.delete(name);
    this.named.set(name, resolved);
    return resolved;
  }
}
