import { type IncomingMessage, ServerResponse } from 'node:http';
import type { CorsEngine } from '../app/decisions.js';
import type { Exchange } from '../platform/exchange.js';
import type { CompiledPolicy } from '../protocol/compiled-policy.js';
import { isCrossOrigin } from '../protocol/cross-origin.js';
import { PathPolicies, policyOf } from '../paths/path-policies.js';
import type { Gateway } from './gateway.js';

/** What is decided about a request for a socket. Without a policy it is left alone. */
export interface Verdict {
  readonly allowed: boolean;
  readonly policy?: CompiledPolicy;
}

type Policies = readonly (CompiledPolicy | undefined)[];

const LEFT_ALONE: Verdict = { allowed: true };
const REFUSED: Verdict = { allowed: false };

/** Decides which policy holds for a socket, and whether it lets the request's origin have one. */
export class UpgradeJudge {
  private paths: PathPolicies | undefined;

  constructor(private readonly engine: CorsEngine) {}

  /** The policies of the gateways that share a connection to this target; without gateways, that of the path. */
  policiesAt(url: string, gateways: readonly Gateway[]): Policies {
    if (gateways.length === 0) return [this.policyOfPath(url)];
    const policies = gateways.map((gateway) => this.policyOf(gateway, url));
    return [...new Map(policies.map((policy) => [policy?.id, policy])).values()];
  }

  /** A gateway's own policy, else that of the path, else the default. */
  policyOf({ type }: Gateway, url: string): CompiledPolicy | undefined {
    return this.engine.policies.gateways.get(type) ?? this.policyOfPath(url);
  }

  /**
   * Whether one of the policies lets the origin in. No `Origin` is no browser, and a page of the server's own origin needs
   * nobody's permission. Where one of them leaves requests alone, this does.
   */
  decide(request: IncomingMessage, policies: Policies): Verdict | Promise<Verdict> {
    const { origin } = request.headers;
    if (!origin || policies.some(leavesAlone)) return LEFT_ALONE;
    const exchange = this.exchangeOf(request);
    const platform = this.engine.platform;
    const authority = platform === undefined ? request.headers.host : platform.authority(exchange);
    if (!isCrossOrigin(request.headers, authority)) return LEFT_ALONE;
    // Whoever allows credentials is asked first: they are withheld only where nobody who lets the origin in allows them.
    const asked = [...(policies as readonly CompiledPolicy[])].sort(
      (left, right) => Number(right.credentials) - Number(left.credentials),
    );
    return this.ask(0, asked, origin, exchange);
  }

  /** A request that the platform's router never sees. */
  exchangeOf(request: IncomingMessage, response = new ServerResponse(request)): Exchange {
    const native = this.engine.platform?.viewOf?.(request);
    return { request, response, url: request.url ?? '/', native };
  }

  private ask(
    index: number,
    policies: readonly CompiledPolicy[],
    origin: string,
    exchange: Exchange,
  ): Verdict | Promise<Verdict> {
    const policy = policies[index];
    if (policy === undefined) return REFUSED;
    const settle = (allowed: boolean): Verdict | Promise<Verdict> =>
      allowed ? { allowed, policy } : this.ask(index + 1, policies, origin, exchange);
    const allowed = this.engine.allows(policy, origin, exchange);
    return typeof allowed === 'boolean' ? settle(allowed) : allowed.then(settle);
  }

  private policyOfPath(url: string): CompiledPolicy | undefined {
    const { policies, platform } = this.engine;
    this.paths ??= new PathPolicies(policies.paths, platform?.caseSensitive() ?? true);
    const entry = this.paths.find(url, 'GET');
    return entry === undefined ? policies.defaultPolicy : policyOf(entry);
  }
}

/** Whether nothing of ours is to be said. */
export function leavesAlone(policy: CompiledPolicy | undefined): boolean {
  return policy === undefined || policy.kind === 'passthrough';
}
