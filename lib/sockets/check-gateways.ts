import type { Type } from '@nestjs/common';
import type { CompiledPolicy } from '../protocol/compiled-policy.js';
import type { IssueCollector } from '../config/issues/issue-collector.js';
import { leavesAlone } from '../routes/choice.js';
import { sharesSockets, type Gateway } from './gateway.js';

/** Reports gateways whose decorators cannot all hold. */
export function checkGateways(
  gateways: readonly Gateway[],
  policies: ReadonlyMap<Type, CompiledPolicy>,
  issues: IssueCollector,
): void {
  for (const [index, gateway] of gateways.entries()) {
    const own = policies.get(gateway.type);
    if (!leavesAlone(own) && gateway.cors !== undefined) reportOwnCors(gateway, issues);
    for (const other of gateways.slice(index + 1)) {
      if (!sharesSockets(gateway, other) || policies.get(other.type)?.id === own?.id) continue;
      issues.add(
        'indistinguishable-gateways',
        `${gateway.type.name} and ${other.type.name}`,
        'both are served over the same connections, and their policies differ; give both the same one, or another path, namespace or port',
      );
    }
  }
}

function reportOwnCors({ type }: Gateway, issues: IssueCollector): void {
  issues.add(
    'second-cors-layer',
    type.name,
    '`cors` of @WebSocketGateway() stands beside @CorsPolicy(), and only one can hold; remove `cors`, its options are those of a policy',
  );
}
