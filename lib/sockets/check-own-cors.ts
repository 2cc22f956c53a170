import type { CorsConfigurationIssue } from '../config/issues/configuration-error.js';
import { show } from '../protocol/show-value.js';
import { leavesAlone, type Choice } from '../routes/choice.js';
import type { Gateway } from './gateway.js';
import type { SocketServer } from './socket-server.js';

/** A socket server for gateways, and who made it. */
export interface MadeServer extends SocketServer {
  readonly gateways: readonly Gateway[];
  /** The adapter's class. */
  readonly maker: string;
}

/**
 * The `cors` options that would be overridden: of a gateway without a decorator that `default` or `paths` covers, and of a
 * server whose adapter sets them. A `cors` is an explicit wish, and two layers cannot both hold.
 *
 * @param choose the policy of a gateway at a target
 */
export function overriddenCors(
  { gateways, maker, cors, target }: MadeServer,
  choose: (gateway: Gateway, target: string) => Choice,
): readonly CorsConfigurationIssue[] {
  const covered = gateways
    .map((gateway) => ({ gateway, choice: choose(gateway, target) }))
    .filter(({ choice }) => !leavesAlone(choice.policy));
  const ofGateways = covered
    .filter(({ gateway, choice }) => gateway.cors !== undefined && choice.source !== 'gateway')
    .map(({ gateway, choice }) =>
      issue(gateway.type.name, '@WebSocketGateway()', gateway.cors, choice, target),
    );
  const first = covered[0];
  if (first === undefined || !cors || gateways.some((gateway) => gateway.cors === cors))
    return ofGateways;
  return [...ofGateways, issue(maker, 'the socket server', cors, first.choice, target)];
}

function issue(
  where: string,
  whose: string,
  value: unknown,
  choice: Choice,
  target: string,
): CorsConfigurationIssue {
  const message = `\`cors\` of ${whose} would be overridden by policy ${show(choice.policy?.label)} (${originOf(choice)}); remove \`cors\`, its options are those of a policy`;
  // A decorator takes its gateway out of `paths`.
  const elsewhere =
    choice.source === 'gateway'
      ? ''
      : `, or leave these sockets to it with \`paths: [{ path: ${show(`${target.replace(/\/$/, '')}/*rest`)}, policy: 'passthrough' }]\``;
  return { code: 'second-cors-layer', where, message: `${message}${elsewhere}`, value };
}

function originOf({ source, entry, gateway }: Choice): string {
  return source === 'gateway' ? `of ${gateway?.name}` : (entry?.where ?? source);
}
