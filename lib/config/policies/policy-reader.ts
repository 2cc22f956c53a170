import { checkClosed } from './check-closed.js';
import { checkOptions } from './check-options.js';
import type { Surroundings } from '../origins/check-origins.js';
import type { CompiledPolicy } from '../../protocol/compiled-policy.js';
import type { IssueCollector } from '../issues/issue-collector.js';
import { reportExtends, reportNoCors, reportNoParent } from './extends-issues.js';
import { readOptions } from './copy-options.js';
import { judgePolicy, type ResolvedPolicy } from './judge-policy.js';
import { liveShapeOf, warnOfRemembered, type LiveShape } from './live-shape.js';
import { checkPolicyKeys, POLICY_KIND } from './policy-keys.js';
import { readPreflightHeaders } from './preflight-headers.js';
import { readPolicyOrigins } from './policy-origins.js';

/** The policy that `extends: 'parent'` names at the place where it stands; `undefined` where there is no parent. */
export type ParentLookup = () => ResolvedPolicy | undefined;

/** The named policies, as far as other policies build on them. */
export interface PolicyNames {
  /** The policy of that name; an unknown name is reported at `where`. */
  get(name: string, where: string): ResolvedPolicy | undefined;
  /** The policy that is being read is the one of that name. */
  isBeingResolved(name: string): boolean;
}

/** The way from options to a policy. */
export class PolicyReader {
  /** Policies whose origins come from a live source, each after those that it extends; as yet they deny everyone. */
  readonly live = new Map<LiveShape, CompiledPolicy>();

  constructor(
    private readonly names: PolicyNames,
    private readonly issues: IssueCollector,
    private readonly surroundings: Surroundings,
    /** A live source gives origins. */
    private readonly sourced: boolean,
  ) {}

  read(
    value: unknown,
    where: string,
    label: string,
    parent: ParentLookup,
  ): ResolvedPolicy | undefined {
    const found = this.issues.errors.length;
    const source = this.optionsOf(value, where);
    if (source === undefined) return undefined;
    checkPolicyKeys(source, where, this.issues);
    checkOptions(source, where, this.issues);
    checkClosed(source, where, this.issues);
    const base = this.base(source, where, parent);
    if (base === undefined) return undefined;
    const inherited = base === 'nothing' ? undefined : base;
    const place = { named: this.names.isBeingResolved(label), sourced: this.sourced };
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
  private optionsOf(value: unknown, where: string): Record<string, unknown> | undefined {
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
    const resolved = name === 'parent' ? parent() : this.names.get(name, `${where}.extends`);
    if (resolved !== undefined && resolved.compiled.kind === 'cors') return resolved;
    if (name === 'parent') reportNoParent(resolved?.compiled, where, this.issues);
    else if (resolved !== undefined) reportNoCors(name, where, this.issues);
    return undefined;
  }
}
