import type { ApplicationPolicies } from '../../app/application-policies.js';
import type { Gateway } from '../../sockets/gateway.js';
import type { GatewayPolicies } from '../../sockets/gateway-policies.js';

/** A line of the table: method, path, where it is written, policy. */
export type PlaceLine = readonly [string, string, string, string];

type PathEntry = ApplicationPolicies['paths'][number];

/** The places without a handler at which a policy holds: entries of `paths`, gateways, and `default` for all the rest. */
export function furtherPlaces(
  { paths, defaultPolicy }: ApplicationPolicies,
  gateways: GatewayPolicies,
): readonly PlaceLine[] {
  const rest: readonly PlaceLine[] =
    defaultPolicy === undefined ? [] : [['ANY', 'anything else', 'default', defaultPolicy.label]];
  return [
    ...paths.map(lineOfPath),
    ...gateways.gateways.map((gateway) => lineOfGateway(gateway, gateways)),
    ...rest,
  ];
}

function lineOfPath({ methods, path, prefix, where, policy }: PathEntry): PlaceLine {
  const below = path.endsWith('/') ? '*' : '/*';
  return [methods?.join(',') ?? 'ANY', prefix ? path + below : path, where, policy.label];
}

function lineOfGateway(gateway: Gateway, gateways: GatewayPolicies): PlaceLine {
  const { type, port, path = '' } = gateway;
  const where = port === 0 ? path : `${path} port ${port}`.trim();
  return ['WS', where || '–', type.name, gateways.nameFor(gateway)];
}
