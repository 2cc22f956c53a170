import { Injectable, type OnApplicationBootstrap, type Type } from '@nestjs/common';
import { ModulesContainer, SerializedGraph } from '@nestjs/core';
import { Decisions } from '../app/decisions.js';
import { GatewayPolicies } from '../sockets/gateway-policies.js';

type Entrypoint = Parameters<SerializedGraph['insertEntrypoint']>[0];

/**
 * Entrypoints of Nest's graph carry the name of their policy as `metadata.corsPolicy`, for Nest Devtools and for whoever writes the
 * graph to a file. Nest records them only with its option `snapshot`; without it there are none, and nothing is done.
 */
@Injectable()
export class GraphEntrypoints implements OnApplicationBootstrap {
  constructor(
    private readonly graph: SerializedGraph,
    private readonly modules: ModulesContainer,
    private readonly decisions: Decisions,
    private readonly gateways: GatewayPolicies,
  ) {}

  /** Nest has registered its routes: `toJSON()` returns the entrypoints themselves, not copies. */
  onApplicationBootstrap(): void {
    const entrypoints = Object.values(this.graph.toJSON().entrypoints).flat();
    if (entrypoints.length === 0) return;
    const types = this.typesById();
    for (const entrypoint of entrypoints) {
      const policy = this.policyAt(entrypoint, types.get(entrypoint.classNodeId));
      if (policy !== undefined) Object.assign(entrypoint.metadata, { corsPolicy: policy });
    }
  }

  private policyAt({ type, methodName }: Entrypoint, of: unknown): string | undefined {
    if (type === 'websocket') {
      const gateway = this.gateways.gateways.find((one) => one.type === of);
      return gateway && this.gateways.nameFor(gateway);
    }
    const routes = this.decisions.chooserIfAny?.routes ?? [];
    return routes.find((one) => one.controller === of && one.methodName === methodName)?.declared
      ?.label;
  }

  private typesById(): ReadonlyMap<string, Type> {
    const types = new Map<string, Type>();
    for (const { controllers, providers } of this.modules.values())
      for (const { id, metatype } of [...controllers.values(), ...providers.values()])
        types.set(id, metatype as Type);
    return types;
  }
}
