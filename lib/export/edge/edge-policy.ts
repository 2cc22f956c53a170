import { actualVary, PREFLIGHT_VARY } from '../../config/policies/vary.js';
import type { CorsManifestPolicy } from '../../inspect/manifest/manifest.js';
import { type EdgeHeader, headersOf, namesOf, noHeaders } from './edge-headers.js';
import { type EdgeOrigins, NO_ORIGINS, readEdgeOrigins } from './edge-origins.js';
import type { Losses } from './losses.js';

/** A policy as engines perform it. */
export interface EdgePolicy {
  /** As in variables and maps: lower-case letters, digits and `_`. */
  readonly key: string;
  /** The policy's name, for people. */
  readonly title: string;
  readonly readers: 'anyone' | EdgeOrigins;
  /** Of the readers, those that may send credentials. */
  readonly credentialed: 'readers' | EdgeOrigins;
  /** `null`: any. */
  readonly methods: readonly string[] | null;
  /** In lower case; `null`: any. */
  readonly allowedHeaders: readonly string[] | null;
  readonly status: number;
  readonly rejects: boolean;
  /** `Vary` of actual responses. */
  readonly vary: readonly string[];
  readonly preflightVary: readonly string[];
  readonly headers: readonly EdgeHeader[];
}

export type PolicyContent = Omit<EdgePolicy, 'key' | 'title'>;

/** The parts of the manifest about a policy that stand outside of it. */
export interface PolicyCircumstances {
  /** The upstream's exposed headers stay. */
  readonly keepsExposed: boolean;
  /** Lists change while the application runs: also a policy that allows nobody varies by the origin. */
  readonly isLive: boolean;
}

/** Reads a policy of a manifest; what no engine can say is a loss. */
export function readEdgePolicy(
  policy: CorsManifestPolicy,
  { keepsExposed, isLive }: PolicyCircumstances,
  where: string,
  losses: Losses,
): PolicyContent {
  const { origin, credentials } = policy;
  const rejects = policy.denied === 'reject';
  const isConstant =
    origin === '*' ? credentials === false : origin === false && !rejects && !isLive;
  return {
    readers:
      origin === '*' ? 'anyone' : readEdgeOrigins(origin === false ? [] : origin, where, losses),
    credentialed:
      credentials === true
        ? 'readers'
        : readEdgeOrigins(credentials === false ? [] : credentials, `${where}.credentials`, losses),
    methods: policy.methods,
    allowedHeaders: namesOf(policy.allowedHeaders),
    status: policy.optionsSuccessStatus,
    rejects,
    vary: isConstant ? [] : actualVary(policy.denied, policy.vary),
    preflightVary: [...PREFLIGHT_VARY, ...policy.vary],
    headers: headersOf({ ...policy, keepsExposed }),
  };
}

/** Nobody may read: `@NoCors()`, `policy: false`. */
export function closedPolicy(vary: readonly string[]): PolicyContent {
  return {
    readers: NO_ORIGINS,
    credentialed: NO_ORIGINS,
    methods: null,
    allowedHeaders: null,
    status: 204,
    rejects: false,
    vary,
    preflightVary: PREFLIGHT_VARY,
    headers: noHeaders(),
  };
}
