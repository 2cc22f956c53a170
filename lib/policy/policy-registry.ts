import { checkCombinations } from './check-combinations.js';
import { checkOptions } from './check-options.js';
import { checkOrigins, type Surroundings } from './check-origins.js';
import { compilePolicy } from './compile-policy.js';
import { NO_CORS_POLICY, type CompiledPolicy } from './compiled-policy.js';
import type { IssueCollector } from './issue-collector.js';
import { checkPolicyKeys, isOptionsObject } from './policy-keys.js';
import type { CorsPolicyOptions } from './policy-options.js';
import { readOrigins } from './read-origins.js';
import { show } from './show-value.js';

/** A policy as it was written, merged with what it extends, beside its compiled form. */
export interface ResolvedPolicy {
  readonly options: CorsPolicyOptions;
  readonly compiled: CompiledPolicy;
}

/** `@NoCors()`: a policy that nothing can extend. */
export const NO_CORS: ResolvedPolicy = { options: { origin: false }, compiled: NO_CORS_POLICY };

/** What `extends: 'parent'` means at the place where it stands; `undefined` where there is no parent. */
export type ParentLookup = () => ResolvedPolicy | undefined;

const NO_PARENT: ParentLookup = () => undefined;
const RESERVED_NAMES: ReadonlySet<string> = new Set(['', 'parent', 'passthrough']);

/** The named policies of an application, compiled once, and the way from options to a policy. */
export class PolicyRegistry {
  private readonly named = new Map<string, ResolvedPolicy | undefined>();
  private readonly beingResolved = new Set<string>();
  private readonly used = new Set<string>();

  constructor(
    private readonly sources: Readonly<Record<string, unknown>>,
    private readonly issues: IssueCollector,
    private readonly surroundings: Surroundings,
  ) {
    for (const name of Object.keys(sources)) {
      if (RESERVED_NAMES.has(name)) {
        issues.error(
          'reserved-policy-name',
          `policies.${name}`,
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

  /** The names that nothing has asked for. */
  unused(): readonly string[] {
    return this.names().filter((name) => !this.used.has(name));
  }

  /** The policy of that name; an unknown name is reported at `where`. */
  get(name: string, where: string): ResolvedPolicy | undefined {
    this.used.add(name);
    if (Object.hasOwn(this.sources, name)) return this.resolveNamed(name);
    const known =
      Object.keys(this.sources)
        .map((item) => `'${item}'`)
        .join(', ') || 'none';
    this.issues.error(
      'unknown-policy',
      where,
      `no policy is named ${show(name)}; \`policies\` has ${known}`,
      name,
    );
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
    const where = `policies.${name}`;
    if (this.beingResolved.has(name)) {
      const cycle = [...this.beingResolved, name].join(' → ');
      this.issues.error(
        'extends-cycle',
        where,
        `\`extends\` goes in a circle: ${cycle}; let one of them stand alone`,
        name,
      );
      return undefined;
    }
    this.beingResolved.add(name);
    const resolved = this.fromOptions(this.sources[name], where, name, NO_PARENT);
    this.beingResolved.delete(name);
    this.named.set(name, resolved);
    return resolved;
  }

  private fromOptions(
    source: unknown,
    where: string,
    label: string,
    parent: ParentLookup,
  ): ResolvedPolicy | undefined {
    if (!isOptionsObject(source, where, this.issues)) return undefined;
    const found = this.issues.errors.length;
    checkPolicyKeys(source, where, this.issues);
    checkOptions(source, where, this.issues);
    const base = this.base(source, where, parent);
    if (base === undefined) return undefined;
    const options: CorsPolicyOptions = { ...base, ...given(source) };
    const origins = readOrigins(options.origin, `${where}.origin`, this.issues);
    checkCombinations(options, origins, where, this.issues);
    if (source['origin'] !== undefined || source['credentials'] !== undefined) {
      checkOrigins(options, origins, this.surroundings, this.issues);
    }
    if (this.issues.errors.length > found) return undefined;
    return { options, compiled: compilePolicy(options, origins, labelOf(label, source)) };
  }

  /** The options to start from: those of the policy named by `extends`, else none. */
  private base(
    source: Record<string, unknown>,
    where: string,
    parent: ParentLookup,
  ): CorsPolicyOptions | undefined {
    const name = source['extends'];
    if (name === undefined) return {};
    if (typeof name !== 'string') {
      this.issues.error(
        'invalid-option-type',
        `${where}.extends`,
        `\`extends\` is ${show(name)}; write a policy name or 'parent'`,
        name,
      );
      return undefined;
    }
    const resolved = name === 'parent' ? parent() : this.get(name, `${where}.extends`);
    if (resolved !== undefined && resolved.compiled.kind === 'cors') return resolved.options;
    if (name === 'parent') this.reportNoParent(resolved, where);
    else if (resolved !== undefined) {
      this.issues.error(
        'extends-no-cors',
        `${where}.extends`,
        `'${name}' allows no origin, there is nothing to start from; write the options here`,
        name,
      );
    }
    return undefined;
  }

  private reportNoParent(parent: ResolvedPolicy | undefined, where: string): void {
    const reason =
      parent === undefined ? 'nothing above it has a policy' : 'its parent is without CORS';
    this.issues.error(
      'no-parent-policy',
      `${where}.extends`,
      `\`extends: 'parent'\`, but ${reason}; extend a named policy or write the options here`,
      'parent',
    );
  }
}

function labelOf(place: string, { extends: base }: Record<string, unknown>): string {
  return base === undefined ? place : `${place} (extends ${String(base)})`;
}

function given(source: Record<string, unknown>): CorsPolicyOptions {
  return Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined));
}
