import { checkClosed } from './check-closed.js';
import { checkOptions } from './check-options.js';
import type { Surroundings } from '../origins/check-origins.js';
import { NO_CORS_POLICY, type CompiledPolicy } from '../../protocol/compiled-policy.js';
import type { IssueCollector } from '../issues/issue-collector.js';
import {
  MAX_DEPTH,
  reportChain,
  reportExtends,
  reportNoCors,
  reportNoParent,
  reportUnknownPolicy,
} from './extends-issues.js';
import { readOptions } from './copy-options.js';
import { judgePolicy, type ResolvedPolicy } from './judge-policy.js';
import { liveShapeOf, warnOfRemembered, type LiveShape } from './live-shape.js';
import { checkPolicyKeys, POLICY_KIND } from './policy-keys.js';
import { readPreflightHeaders } from './preflight-headers.js';
import { NO_ORIGINS } from '../origins/read-origins.js';
import { readPolicyOrigins } from './policy-origins.js';
import { placeIn, show } from '../../protocol/show-value.js';

export type { ResolvedPolicy } from './judge-policy.js';

/** `@NoCors()`: a policy that nothing can extend. */
export const NO_CORS: ResolvedPolicy = {
  options: { origin: false },
  origins: NO_ORIGINS,
  compiled: NO_CORS_POLICY,
};

/** The policy that `extends: 'parent'` names at the place where it stands; `undefined` where there is no parent. */
export type ParentLookup = () => ResolvedPolicy | undefined;

const NO_PARENT: ParentLookup = () => undefined;
const RESERVED_NAMES: ReadonlySet<string> = new Set(['', 'parent', 'passthrough', 'paths']);

/** The named policies of an application, compiled once, and the way from options to a policy. */
export class PolicyRegistry {
  private readonly named = new Map<string, ResolvedPolicy | undefined>();
  private readonly beingResolved = new Set<string>();
  private readonly used = new Set<string>();
  /** Policies whose origins come from a live source, each after those that it extends; as yet they deny everyone. */
  readonly live = new Map<LiveShape, CompiledPolicy>();

  constructor(
    private sources: Readonly<Record<string, unknown>>,
    private readonly issues: IssueCollector,
    private readonly surroundings: Surroundings,
    /** A live source gives origins. */
    private readonly sourced = false,
  ) {
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
    return this.fromOptions(source, where, where, parent);
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
    const resolved = this.fromOptions(this.sources[name], where, name, NO_PARENT);
    this.beingResolved.delete(name);
    this.named.set(name, resolved);
    return resolved;
  }

  private fromOptions(
    value: unknown,
    where: string,
    label: string,
    parent: ParentLookup,
  ): ResolvedPolicy | undefined {
    const found = this.issues.errors.length;
    const source = this.read(value, where);
    if (source === undefined) return undefined;
    checkPolicyKeys(source, where, this.issues);
    checkOptions(source, where, this.issues);
    checkClosed(source, where, this.issues);
    const base = this.base(source, where, parent);
    if (base === undefined) return undefined;
    const inherited = base === 'nothing' ? undefined : base;
    const place = { named: this.beingResolved.has(label), sourced: this.sourced };
    const read = readPolicyOrigins(source, base, where, this.issues, place);
    const written = { source, base: inherited, where, label, read };
    const shape = liveShapeOf(written);
    const resolved = judgePolicy(written, read, this.surroundings, this.issues, found, shape);
    if (resolved !== undefined && shape !== undefined) {
      this.live.set(shape, resolved.compiled);
      if (source['maxAge'] !== undefined || base === 'nothing' || !base.live)
        warnOfRemembered(resolved.options, where, this.issues);
    }
    return resolved;
  }

  /** The options of a policy, each value read once. */
  private read(value: unknown, where: string): Record<string, unknown> | undefined {
    const source = readOptions(value, where, POLICY_KIND, this.issues);
    const headers = source?.['preflightHeaders'];
    if (source === undefined || headers === undefined) return source;
    const place = `${where}.preflightHeaders`;
    return Object.assign(source, {
      preflightHeaders: readPreflightHeaders(headers, place, this.issues),
    });
  }

  /** The policy to start from: the one named by `extends`, or nothing. */
  private base(
    source: Record<string, unknown>,
    where: string,
    parent: ParentLookup,
  ): ResolvedPolicy | 'nothing' | undefined {
    const name = source['extends'];
    if (name === undefined) return 'nothing';
    if (typeof name !== 'string') {
      reportExtends(name, where, this.issues);
      return undefined;
    }
    const resolved = name === 'parent' ? parent() : this.get(name, `${where}.extends`);
    if (resolved !== undefined && resolved.compiled.kind === 'cors') return resolved;
    if (name === 'parent') reportNoParent(resolved?.compiled, where, this.issues);
    else if (resolved !== undefined) reportNoCors(name, where, this.issues);
    return undefined;
  }
}
