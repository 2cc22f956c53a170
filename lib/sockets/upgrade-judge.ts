import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Decisions } from '../app/decisions.js';
import type { Decision } from '../app/question.js';
import type { Exchange } from '../platform/exchange.js';
import { addressedAs } from '../platform/addressed.js';
import { isFromElsewhere } from '../protocol/cross-origin.js';
import { mayBeCredentialed } from '../protocol/origin/grant.js';
import { leavesAlone, type Choice } from '../routes/choice.js';
import type { Gateway } from './gateway.js';
import type { GatewayPolicies } from './gateway-policies.js';

/** A decision about a request for a socket. Without one nobody was asked, because nobody has to be. */
export interface Verdict {
  readonly allowed: boolean;
  readonly decision?: Decision;
  /** The last denial, where everybody who was asked denied. */
  readonly denial?: Decision;
}

/** The origin is let in, and its credentials are not. */
export function withholds({ decision }: Verdict): boolean {
  return decision?.credentials === false;
}

/** The same without its reasons. */
export function isAllowed(verdict: Verdict | Promise<Verdict>): boolean | Promise<boolean> {
  return 'allowed' in verdict ? verdict.allowed : verdict.then(({ allowed }) => allowed);
}

const LEFT_ALONE: Verdict = { allowed: true };
const REFUSED: Verdict = { allowed: false };

/** Decides which policy holds for a socket, and whether it lets the request's origin have one. */
export class UpgradeJudge {
  constructor(
    private readonly decisions: Decisions,
    private readonly policies: GatewayPolicies,
  ) {}

  /** As {@link choicesAt}, where several targets are possible: a `paths` entry knows best which one is meant. */
  choicesFor(targets: readonly string[], gateways: readonly Gateway[]): readonly Choice[] {
    const readings = targets.map((target) => this.choicesAt(target, gateways));
    return readings.find(isNamed) ?? readings[0] ?? [];
  }

  /** The policies of the gateways that share a connection to this target; without gateways, that of the path. */
  choicesAt(url: string, gateways: readonly Gateway[]): readonly Choice[] {
    if (gateways.length === 0) return [this.beyondRoutes(url)];
    const choices = gateways.map((gateway) => this.choiceOf(gateway, url));
    return [...new Map(choices.map((choice) => [choice.policy?.id, choice])).values()];
  }

  /**
   * Asks the policies whether one lets the origin in. A page of the server's own origin needs nobody's permission, and neither
   * does a client without `Origin` that is no browser. Where one of them leaves requests alone, this does.
   */
  decide(request: IncomingMessage, choices: readonly Choice[]): Verdict | Promise<Verdict> {
    if (choices.some(({ policy }) => leavesAlone(policy))) return LEFT_ALONE;
    const { headers } = request;
    const exchange = this.exchangeOf(request);
    const platform = this.decisions.chooserIfAny?.platform;
    const addressed = platform?.addressed(exchange) ?? addressedAs(request, headers.host);
    if (!isFromElsewhere(headers, addressed)) return LEFT_ALONE;
    const { origin } = headers;
    // A script or an image element: it can be no page's own, whatever origins are allowed.
    if (!origin) return REFUSED;
    // Whoever allows credentials is asked first: they are withheld only where nobody who lets the origin in allows them.
    const rank = ({ policy }: Choice): number =>
      Number(policy !== undefined && mayBeCredentialed(policy, origin));
    const asked = [...choices].sort((left, right) => rank(right) - rank(left));
    return this.ask(0, asked, origin, exchange);
  }

  /** A request that the platform's router never sees. */
  exchangeOf(request: IncomingMessage, response = new ServerResponse(request)): Exchange {
    const native = this.decisions.chooserIfAny?.platform.viewOf(request);
    return { request, response, url: request.url ?? '/', native };
  }

  /** A gateway's own policy, else that of the path, else the default. */
  choiceOf(gateway: Gateway, url: string): Choice {
    const declared = this.policies.of(gateway);
    if (declared === undefined) return this.beyondRoutes(url);
    return {
      policy: this.decisions.current(declared),
      source: 'gateway',
      gateway: gateway.type,
    };
  }

  /** A microservice has no HTTP platform, and therefore no `paths`. */
  private beyondRoutes(url: string): Choice {
    const { chooserIfAny, policies } = this.decisions;
    if (chooserIfAny !== undefined) return chooserIfAny.beyondRoutes(url);
    const policy = policies.defaultPolicy;
    return { policy, source: policy === undefined ? 'none' : 'default' };
  }

  private ask(
    index: number,
    choices: readonly Choice[],
    origin: string,
    exchange: Exchange,
    denial?: Decision,
  ): Verdict | Promise<Verdict> {
    const choice = choices[index];
    if (choice === undefined) return denial === undefined ? REFUSED : { allowed: false, denial };
    const settle = (decision: Decision): Verdict | Promise<Verdict> =>
      decision.allowed
        ? { allowed: true, decision }
        : this.ask(index + 1, choices, origin, exchange, decision);
    const decision = this.decisions.decide({ exchange, origin, choice });
    return decision instanceof Promise ? decision.then(settle) : settle(decision);
  }
}

function isNamed(choices: readonly Choice[]): boolean {
  return choices.some(({ source }) => source === 'paths');
}
