import type { CorsManifest, CorsManifestPolicyName } from '../../inspect/manifest/manifest.js';
import {
  closedPolicy,
  type EdgePolicy,
  type PolicyContent,
  readEdgePolicy,
} from './edge-policy.js';
import type { Losses } from './losses.js';

/** Left alone: no policy, or `'passthrough'`. Nothing is removed, nothing is added, preflights go on. */
export const ALONE = 'alone';
/** Routers may read the target in different ways: nobody may read, and a rejecting application decides for itself. */
export const DISPUTED = 'disputed';

/** The policies of a manifest that are in use, each under a key; those that answer alike share one. */
export class EdgePolicies {
  private readonly byKey = new Map<string, EdgePolicy>();
  private readonly keys = new Map<string, string>();

  constructor(
    private readonly manifest: CorsManifest,
    private readonly losses: Losses,
  ) {
    this.claim(DISPUTED, 'a target that may be read in several ways', closedPolicy(['Origin']));
  }

  get all(): readonly EdgePolicy[] {
    return [...this.byKey.values()];
  }

  /** The key of a policy. */
  keyOf(name: CorsManifestPolicyName, keepsExposed = false): string {
    if (name === null || name === 'passthrough') return ALONE;
    const place = `${String(name)}${keepsExposed ? ' keeps' : ''}`;
    const known = this.keys.get(place);
    if (known !== undefined) return known;
    const key = this.claim(
      this.keyFor(name, keepsExposed),
      String(name),
      this.read(name, keepsExposed),
    );
    this.keys.set(place, key);
    return key;
  }

  private read(name: string | false, keepsExposed: boolean): PolicyContent {
    if (name === false) return closedPolicy([]);
    const policy = this.manifest.policies[name];
    if (policy === undefined) throw new Error(`the manifest has no policy ${JSON.stringify(name)}`);
    const isLive = this.manifest.live !== undefined;
    return readEdgePolicy(policy, { keepsExposed, isLive }, `policies.${name}`, this.losses);
  }

  private keyFor(name: string | false, keepsExposed: boolean): string {
    if (name === false) return 'closed';
    const slug = name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_|_$/g, '');
    return `p_${slug}${keepsExposed ? '_keep' : ''}`;
  }

  private claim(wanted: string, title: string, content: PolicyContent): string {
    const alike = this.all.find((other) => sameContent(other, content));
    if (alike !== undefined) return alike.key;
    let key = wanted;
    for (let count = 2; this.byKey.has(key); count += 1) key = `${wanted}_${count}`;
    this.byKey.set(key, { key, title, ...content });
    return key;
  }
}

function sameContent(
  { key: _key, title: _title, ...content }: EdgePolicy,
  other: PolicyContent,
): boolean {
  return JSON.stringify(content) === JSON.stringify(other);
}
