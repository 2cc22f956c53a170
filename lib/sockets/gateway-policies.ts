import { Injectable, type Type } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { ApplicationPolicies } from '../app/application-policies.js';
import type { CompiledPolicy } from '../protocol/compiled-policy.js';
import { checkGateways } from './check-gateways.js';
import { gatewaysOf, type Gateway } from './gateway.js';

/** The application's gateways and the policies that their decorators declare; mistakes are found before it starts. */
@Injectable()
export class GatewayPolicies {
  readonly gateways: readonly Gateway[];
  private readonly declared = new Map<Type, CompiledPolicy>();

  constructor(policies: ApplicationPolicies, modules: ModulesContainer) {
    this.gateways = gatewaysOf(modules);
    for (const { type } of this.gateways) {
      const policy = policies.ofClass(type);
      if (policy !== undefined && policy.kind !== 'paths') this.declared.set(type, policy);
    }
    checkGateways(this.gateways, this.declared, policies.issues);
  }

  /** `undefined` where no decorator stands on the gateway, or `@CorsPolicy('paths')`: the path decides. */
  of({ type }: Gateway): CompiledPolicy | undefined {
    return this.declared.get(type);
  }

  /** The name of that policy for people; one without a policy of its own is under the `paths` entry of its target. */
  nameFor(gateway: Gateway): string {
    return this.of(gateway)?.label ?? 'paths';
  }
}
