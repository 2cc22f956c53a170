import type { CompiledPolicy } from '../../protocol/compiled-policy.js';
import { NO_CORS_POLICY } from '../../protocol/compiled-policy.js';
import { describePolicy } from './describe-policy.js';
import type { CorsManifestPolicy, CorsManifestPolicyName } from '../manifest/manifest.js';

/** The names of policies in a manifest: those of the option, and places for what is written out where it holds. */
export class PolicyNames {
  private readonly names = new Map<CompiledPolicy, string>();
  private readonly taken = new Set<string>();

  constructor(
    named: ReadonlyMap<string, CompiledPolicy>,
    /** The policy as it answers now. */
    private readonly current: (policy: CompiledPolicy) => CompiledPolicy,
  ) {
    for (const [name, policy] of named) this.claim(name, policy);
  }

  /** @param place what the policy is named after if it has no name yet */
  of(policy: CompiledPolicy | undefined, place: string): CorsManifestPolicyName {
    if (policy === undefined) return null;
    if (policy === NO_CORS_POLICY) return false;
    if (policy.kind === 'passthrough' || policy.kind === 'paths') return policy.kind;
    return this.names.get(policy) ?? this.claim(this.free(place), policy);
  }

  /** Everything that has been named. */
  described(): Readonly<Record<string, CorsManifestPolicy>> {
    const entries = [...this.names].map(
      ([policy, name]) => [name, describePolicy(this.current(policy), this.current)] as const,
    );
    return Object.fromEntries(entries);
  }

  private claim(name: string, policy: CompiledPolicy): string {
    this.names.set(policy, name);
    this.taken.add(name);
    return name;
  }

  private free(place: string): string {
    let name = place;
    for (let count = 2; this.taken.has(name); count += 1) name = `${place}#${count}`;
    return name;
  }
}
