import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { adviceFor } from '../app/advice/advice.js';
import { ApplicationPolicies } from '../app/application-policies.js';
import { Decisions } from '../app/decisions.js';
import { CORS_STRATEGY } from '../app/module-definition.js';
import type { Decision, DecisionReason, Question } from '../app/question.js';
import { trialOf } from '../app/trial.js';
import type { CorsStrategy } from '../config/module/module-options.js';
import { probe } from '../platform/imaginary-request.js';
import type { CompiledPolicy } from '../protocol/compiled-policy.js';
import type { PreflightAnswer } from '../protocol/preflight.js';
import { whereOf, type PolicySource } from '../routes/choice.js';
import { placeOf } from '../routes/nest-route.js';
import { GatewayPolicies } from '../sockets/gateway-policies.js';
import { formatTable } from './format-table.js';
import { buildManifest } from './describe/build-manifest.js';
import { furtherPlaces } from './describe/further-places.js';
import type { CorsManifest, CorsManifestLive } from './manifest/manifest.js';

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

/** The answer of a policy to a request, and its reason. */
export interface CorsExplainedAnswer {
  readonly policy: string | undefined;
  readonly originAllowed: boolean;
  /** The origin may send credentials. */
  readonly credentials: boolean;
  /** The answer to a preflight for this method; `undefined` where nothing of ours answers. */
  readonly preflight: PreflightAnswer | undefined;
  /** Why the preflight passes, or at which step it fails. */
  readonly reason: DecisionReason;
  /** Where to change what, if a request that is denied was meant to pass. */
  readonly advice: string | undefined;
}

/** Why a request is, or is not, allowed. */
export interface CorsExplanation extends CorsExplainedAnswer {
  readonly method: string;
  readonly url: string;
  /** Where the policy comes from. */
  readonly source: PolicySource;
  /** `Controller.method`, or the place of the `paths` entry; where no route serves the method, another route of the URL. */
  readonly where: string | undefined;
  /** Of a live policy: the source of its list, and the state that decided; 0 for none. */
  readonly live?: CorsManifestLive;
  /** The answer of the policy's `reportOnly`, where it has one. */
  readonly reportOnly?: CorsExplainedAnswer;
}

/**
 * Tells which policy holds where, and why. Injectable, for tests, start-up logs and Nest's REPL.
 *
 * @publicApi
 */
@Injectable()
export class CorsInspector {
  /** @internal Made by Nest. */
  constructor(
    private readonly policies: ApplicationPolicies,
    private readonly decisions: Decisions,
    private readonly gateways: GatewayPolicies,
    private readonly host: HttpAdapterHost,
    @Inject(CORS_STRATEGY) private readonly strategy: CorsStrategy,
  ) {}

  /** Every route that Nest has registered, in that order. Complete once the application is initialised. */
  routes(): readonly CorsRouteReport[] {
    return (this.decisions.chooserIfAny?.routes ?? []).map((route) => ({
      method: route.method,
      path: route.path,
      handler: placeOf(route),
      policy: route.declared?.label,
    }));
  }

  /** The same as a table for a terminal, and below it the other places of policies: `paths`, gateways, `default`. */
  table(): string {
    const rows = this.routes().map(({ method, path, handler, policy }) => [
      method,
      path,
      handler,
      policy ?? '–',
    ]);
    const further = furtherPlaces(this.policies, this.gateways);
    return formatTable(['METHOD', 'PATH', 'HANDLER', 'POLICY'], [...rows, ...further]);
  }

  /**
   * The application's CORS as one document, for reviews, for `nestjs-cors diff` and for whatever stands in front:
   * deterministic, plain JSON, with every policy in full. Complete once the application is initialised.
   *
   * @param service a name for the document, where several services are put together
   */
  manifest({ service }: { readonly service?: string } = {}): CorsManifest {
    const { policies, gateways, strategy } = this;
    const chooser = this.decisions.chooserIfAny;
    const platform = {
      name: chooser === undefined ? 'none' : this.host.httpAdapter.getType(),
      strategy,
      caseSensitive: chooser?.platform.caseSensitive() ?? false,
    };
    const routes = chooser?.routes ?? [];
    const current = (policy: CompiledPolicy): CompiledPolicy => this.decisions.current(policy);
    const { live } = this;
    return buildManifest({ service, platform, policies, routes, gateways, live, current });
  }

  private get live(): CorsManifestLive | undefined {
    const { live } = this.policies;
    const revision = this.decisions.chooserIfAny?.snapshot.revision ?? 0;
    return live && { source: live.source.name, revision };
  }

  /**
   * The exact origins that some policy allows with credentials, for `trustedOrigins` of Nest's `enableCsrfProtection()`.
   * Patterns and predicates cannot be listed.
   */
  trustedOrigins(): string[] {
    const inUse = [...this.policies.inUse()].map((policy) => this.decisions.current(policy));
    const policies = inUse.filter(({ credentials }) => credentials);
    return [...new Set(policies.flatMap(credentialedByName))];
  }

  /**
   * Explains the decision that a request would meet, without sending it.
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
    const requested = headers.length > 0 ? headers.join(',') : undefined;
    const preflight = { origin, method, headers: requested };
    const question: Question = { exchange, origin, preflight };
    const decision = await this.decisions.decide(question);
    const { policy, source } = decision;
    const { live } = this;
    const trial = policy?.reportOnly;
    return {
      method,
      url,
      source,
      ...(policy?.live && live && { live }),
      where: whereOf(decision),
      ...this.answerOf(question, decision),
      ...(trial && { reportOnly: await this.tried(trialOf(question, decision, trial)) }),
    };
  }

  private async tried(question: Question): Promise<CorsExplainedAnswer> {
    return this.answerOf(question, await this.decisions.decide(question));
  }

  private answerOf(question: Question, decision: Decision): CorsExplainedAnswer {
    const { policy, allowed, credentials, preflight, reason } = decision;
    return {
      policy: policy?.label,
      originAllowed: allowed,
      credentials,
      preflight,
      reason,
      advice: adviceFor(question, decision),
    };
  }
}

/** A listed origin about which only a predicate can say whether it may read is none to be trusted. */
function credentialedByName({ anyOrigin, origins, credentialed }: CompiledPolicy): string[] {
  const names = [...(credentialed ?? origins).exact];
  return names.filter((name) => anyOrigin || origins.allows(name));
}
