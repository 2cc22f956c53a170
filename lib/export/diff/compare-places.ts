import type {
  CorsManifest,
  CorsManifestPolicy,
  CorsManifestPolicyName,
} from '../../inspect/manifest/manifest.js';
import { compareMethods, compareOptions } from './compare-options.js';
import { combined, type CorsOptionDifference } from './difference.js';

/** Allows nobody: `@NoCors()`, and what is left alone as far as this module answers. */
const CLOSED: CorsManifestPolicy = {
  origin: false,
  credentials: false,
  methods: null,
  allowedHeaders: null,
  exposedHeaders: [],
  maxAge: 0,
  optionsSuccessStatus: 204,
  denied: 'omit',
  vary: [],
  preflightHeaders: {},
  timingAllowOrigin: false,
  resourcePolicy: null,
  dangerouslyAllow: [],
  fingerprint: '',
};

/** Compares the policies of a place, and remembers those that it has compared. */
export class PolicyComparison {
  private readonly known = new Map<string, readonly CorsOptionDifference[]>();

  constructor(
    private readonly before: CorsManifest,
    private readonly after: CorsManifest,
  ) {}

  compare(
    was: CorsManifestPolicyName,
    is: CorsManifestPolicyName,
    method: string,
  ): readonly CorsOptionDifference[] {
    if (isPassthrough(was) || isPassthrough(is)) return was === is ? [] : [unknownPolicy(was, is)];
    const [old, fresh] = [policyOf(this.before, was), policyOf(this.after, is)];
    const found = [
      ...this.options(JSON.stringify([was, is]), old, fresh),
      ...compareMethods(old, fresh, method),
    ];
    // Left alone is not denied: preflights go on to the application, and another layer may answer.
    if ((was === null) === (is === null)) return found;
    const verdict = combined(found);
    return [{ option: 'policy', verdict, before: was, after: is }, ...found];
  }

  private options(
    key: string,
    old: CorsManifestPolicy,
    fresh: CorsManifestPolicy,
  ): readonly CorsOptionDifference[] {
    const known = this.known.get(key) ?? compareOptions(old, fresh);
    this.known.set(key, known);
    return known;
  }
}

function isPassthrough(policy: CorsManifestPolicyName): boolean {
  return policy === 'passthrough';
}

function unknownPolicy(
  before: CorsManifestPolicyName,
  after: CorsManifestPolicyName,
): CorsOptionDifference {
  return { option: 'policy', verdict: 'unknown', before, after, reason: 'passthrough' };
}

function policyOf({ policies }: CorsManifest, name: CorsManifestPolicyName): CorsManifestPolicy {
  if (typeof name !== 'string') return CLOSED;
  const policy = policies[name];
  if (policy === undefined) throw new Error(`the manifest has no policy ${JSON.stringify(name)}`);
  return policy;
}
