import { checkClosed } from './check-closed.js';
import { checkOptions } from './check-options.js';
import type { Surroundings } from '../origins/check-origins.js';
import type { CompiledPolicy } from '../../protocol/compiled-policy.js';
import { IssueCollector } from '../issues/issue-collector.js';
import { reportExtends, reportNoCors, reportNoParent } from './extends-issues.js';
import { readOptions } from './copy-options.js';
import { judgePolicy, type ResolvedPolicy } from './judge-policy.js';
import { liveShapeOf, warnOfRemembered, type LiveShape, type WrittenPolicy } from './live-shape.js';
import { checkKeys, POLICY_KEYS, POLICY_KIND } from './policy-keys.js';
import { readPreflightHeaders } from './preflight-headers.js';
import { readPolicyOrigins } from './policy-origins.js';
import { beside, decideAlike, reportAlike, reportNested, takeTrial } from './trial.js';

/** The policy that `extends: 'parent'` names at the place where it stands; `undefined` where there is no parent. */
export type ParentLookup = () => ResolvedPolicy | undefined;

/** The named policies, as far as other policies build on them. */
export interface NamedPolicies {
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
    private readonly named: NamedPolicies,
    private readonly issues: IssueCollector,
    private readonly surroundings: Surroundings,
    /** A live source gives origins. */
    private readonly sourced: boolean,
  ) {}

  /** @param self the policy that these options are tried beside, where they are a `reportOnly` */
  read(
    value: unknown,
    where: string,
    label: string,
    parent: ParentLookup,
    self?: ResolvedPolicy,
  ): ResolvedPolicy | undefined {
    const found = this.issues.errors.length;
    const source = this.optionsOf(value, where);
    if (source === undefined) return undefined;
    checkKeys(Object.keys(source), POLICY_KEYS, where, this.issues);
    const trial = takeTrial(source);
    checkOptions(source, where, this.issues);
    checkClosed(source, where, this.issues);
    const base = this.base(source, where, parent, self);
    if (base === undefined) return undefined;
    const given = { source, base: base === 'nothing' ? undefined : base, where, label };
    const resolved = this.judge(given, found, this.issues);
    if (self !== undefined) reportNested(trial, where, this.issues);
    if (resolved === undefined || self !== undefined) return resolved;
    return this.withTrial(resolved, given, trial, parent);
  }

  private judge(
    given: Omit<WrittenPolicy, 'read'>,
    found: number,
    issues: IssueCollector,
  ): ResolvedPolicy | undefined {
    const { source, base, where, label } = given;
    const place = { named: this.named.isBeingResolved(label), sourced: this.sourced };
    const read = readPolicyOrigins(source, base, where, issues, place);
    const written = { ...given, read };
    const shape = liveShapeOf(written);
    const resolved = judgePolicy(written, this.surroundings, issues, found, shape);
    if (resolved !== undefined && shape !== undefined) {
      this.live.set(shape, resolved.compiled);
      if (source['maxAge'] !== undefined || !base?.live)
        warnOfRemembered(resolved.options, where, issues);
    }
    return resolved;
  }

  /** The policy beside its own trial, else beside that of the policy that it extends, as if that were in force. */
  private withTrial(
    policy: ResolvedPolicy,
    given: Omit<WrittenPolicy, 'read'>,
    own: unknown,
    parent: ParentLookup,
  ): ResolvedPolicy {
    const where = `${given.where}.reportOnly`;
    const label = `${given.label}.reportOnly`;
    const trial =
      own === undefined
        ? this.inheritedTrial({ ...given, where, label })
        : this.read(own, where, label, parent, policy);
    if (trial === undefined) return policy;
    if (!decideAlike(policy, trial)) {
      const tried = beside(policy, trial);
      if (tried.live !== undefined) this.live.set(tried.live, tried.compiled);
      return tried;
    }
    if (own !== undefined) reportAlike(where, this.issues);
    return policy;
  }

  /** Only mistakes that come from the trial are reported: those of options that were read before have been. */
  private inheritedTrial(given: Omit<WrittenPolicy, 'read'>): ResolvedPolicy | undefined {
    const base = given.base?.trial;
    if (base === undefined) return undefined;
    const issues = new IssueCollector();
    const trial = this.judge({ ...given, base }, 0, issues);
    this.issues.errors.push(...issues.errors);
    return trial;
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
    self?: ResolvedPolicy,
  ): ResolvedPolicy | 'nothing' | undefined {
    const name = source['extends'];
    if (name === undefined) return 'nothing';
    if (typeof name !== 'string') {
      reportExtends(name, where, this.issues);
      return undefined;
    }
    const resolved = this.lookUp(name, `${where}.extends`, parent, self);
    if (resolved !== undefined && resolved.compiled.kind === 'cors') return resolved;
    if (name === 'parent') reportNoParent(resolved?.compiled, where, this.issues);
    else if (resolved !== undefined) reportNoCors(name, where, this.issues);
    return undefined;
  }

  private lookUp(
    name: string,
    where: string,
    parent: ParentLookup,
    self: ResolvedPolicy | undefined,
  ): ResolvedPolicy | undefined {
    if (name === 'self' && self !== undefined) return self;
    return name === 'parent' ? parent() : this.named.get(name, where);
  }
}
