import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { refuseRequest } from '../app/perform.js';
import type { MadeServer } from './check-own-cors.js';
import type { PollingRequests } from './polling.js';
import { gateServer } from './server-gate.js';
import { targetsBelow } from './targets-below.js';
import type { UpgradeRequests } from './upgrade-requests.js';

/** A gated server. */
interface Gated {
  /** The socket servers on it. */
  readonly made: MadeServer[];
  /** The paths below which its requests reach the application, `''` for all of them. */
  readonly bases: Set<string>;
}

/** The HTTP servers whose upgrades are decided. */
export class GatedServers {
  private readonly known = new WeakMap<Server, Gated>();

  constructor(
    private readonly upgrades: UpgradeRequests,
    private readonly polling: PollingRequests,
    private readonly failed: (error: unknown) => void,
  ) {}

  has(server: Server): boolean {
    return this.known.has(server);
  }

  /** From the first call on, upgrades are decided: those below the given paths, and those of socket servers. */
  gate(server: Server, bases: readonly string[]): void {
    const gated = this.known.get(server) ?? this.open(server);
    for (const base of bases) gated.bases.add(base);
  }

  /** Adds a socket server for gateways. */
  add(server: Server, made: MadeServer): void {
    this.gate(server, []);
    this.known.get(server)?.made.push(made);
  }

  private open(server: Server): Gated {
    const gated: Gated = { made: [], bases: new Set() };
    const { made, bases } = gated;
    this.known.set(server, gated);
    gateServer(server, {
      upgrade: (request, socket, go) => {
        const { url = '/', headers } = request;
        const takers = made.filter(({ takes }) => takes(url, headers.host));
        const gateways = takers.flatMap((taker) => taker.gateways);
        const targets = gateways.length > 0 ? [url] : targetsBelow([...bases], url);
        if (targets.length === 0) go();
        else this.upgrades.handle({ request, socket, gateways, targets }, go);
      },
      concerns: (request) => made.length > 0 && pollerOf(made, request) !== undefined,
      request: (request, response, go) => void this.poll(made, request, response, go),
    });
    return gated;
  }

  private async poll(
    made: readonly MadeServer[],
    request: IncomingMessage,
    response: ServerResponse,
    go: () => void,
  ): Promise<void> {
    try {
      const gateways = pollerOf(made, request)?.gateways ?? [];
      await this.polling.handle(request, response, gateways, go);
    } catch (error) {
      this.failed(error);
      refuseRequest(response);
    }
  }
}

/** The socket server whose HTTP long-polling a request belongs to. */
function pollerOf(
  made: readonly MadeServer[],
  { url = '/' }: IncomingMessage,
): MadeServer | undefined {
  return made.find(({ polls, takes }) => polls && takes(url, undefined));
}
