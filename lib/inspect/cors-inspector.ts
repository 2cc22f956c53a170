import { Injectable } from '@nestjs/common';
import { CorsEngine } from '../app/decisions.js';
import { probe } from '../platform/imaginary-request.js';
import type { CompiledPolicy } from '../protocol/compiled-policy.js';
import { answerPreflight, type PreflightAnswer } from '../protocol/preflight.js';
import { placeOf, type NestRoute } from '../routes/nest-route.js';
import type { Selection } from '../routes/policy-selector.js';
import { formatTable } from './format-table.js';

/** One route and the policy that holds on it. */
export interface CorsRouteReport {
  /** HTTP method; `'ALL'` for `@All()`. */
  readonly method: string;
  /** With prefix, version and controller path. */
  readonly path: string;
  /** `Controller.method`. */
  readonly handler: string;
  /** The policy's name, the place of an inline one, `'@NoCors()'`, or `undefined` for no policy. */
  readonly policy: string | undefined;
}

/** Why a request is, or is not, allowed. */
export interface CorsExplanation {
  readonly method: string;
  readonly url: string;
  /** Where the policy comes from. */
  readonly source: 'route' | 'paths' | 'default' | 'none';
  /** `Controller.method`, or the place of the `paths` entry. */
  readonly where: string | undefined;
  readonly policy: string | undefined;
  readonly originAllowed: boolean;
  /** What a preflight for this method would be answered with; `undefined` where nothing of ours answers. */
  readonly preflight: PreflightAnswer | undefined;
}

/**
 * Tells which policy holds where, and why. Injectable, for tests, start-up logs and Nest's REPL.
 *
 * @publicApi
 */
@Injectable()
export class CorsInspector {
  constructor(private readonly engine: CorsEngine) {}

  /** Every route that Nest has registered, in that order. Complete once the application is initialised. */
  routes(): readonly CorsRouteReport[] {
    return this.engine.routes.map((route) => ({
      method: route.method,
      path: route.path,
      handler: placeOf(route),
      policy: route.policy?.label,
    }));
  }

  /** The same as a table for a terminal. */
  table(): string {
    const rows = this.routes().map(({ method, path, handler, policy }) => [
      method,
      path,
      handler,
      policy ?? '–',
    ]);
    return formatTable(['METHOD', 'PATH', 'HANDLER', 'POLICY'], rows);
  }

  /**
   * The exact origins that some policy allows with credentials, for `trustedOrigins` of Nest's `enableCsrfProtection()`.
   * Patterns and predicates cannot be listed.
   */
  trustedOrigins(): string[] {
    const policies = [...this.engine.policies.inUse()].filter(({ credentials }) => credentials);
    return [...new Set(policies.flatMap(({ origins }) => [...origins.exact]))];
  }

  /**
   * Explains what a request would meet, without sending it.
   *
   * @param url a path (`/orders/7`) or an absolute URL, whose host counts for host-bound controllers
   * @param headers names that a preflight would ask for
   */
  async explain(
    method: string,
    url: string,
    origin: string,
    headers: readonly string[] = [],
  ): Promise<CorsExplanation> {
    const exchange = probe('OPTIONS', url, { origin });
    const { platform, selector } = this.engine.connected;
    const routes = platform.routesAt(exchange);
    const selection = selector.select(routes, method, exchange.url);
    const { policy } = selection;
    const originAllowed =
      policy !== undefined && (await this.engine.allows(policy, origin, exchange));
    const answers = policy !== undefined && policy.kind !== 'passthrough';
    const listedMethods = answers
      ? selector.listMethods(selection, routes, method, exchange.url)
      : '';
    const request = { origin, method, headers: headers.length > 0 ? headers.join(',') : undefined };
    const preflight = answers
      ? answerPreflight(request, { policy, originAllowed, listedMethods, debug: false })
      : undefined;
    return { method, url, ...sourceOf(selection), policy: policy?.label, originAllowed, preflight };
  }
}

function sourceOf({ route, entry, policy }: Selection): Pick<CorsExplanation, 'source' | 'where'> {
  if (route !== undefined) return { source: 'route', where: placeOf(route as NestRoute) };
  if (entry !== undefined) return { source: 'paths', where: entry.where };
  return { source: sourceWithoutRoute(policy), where: undefined };
}

function sourceWithoutRoute(policy: CompiledPolicy | undefined): 'default' | 'none' {
  return policy === undefined ? 'none' : 'default';
}
