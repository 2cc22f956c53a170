import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { refuseRequest } from '../app/perform.js';
import type { MadeServer } from './check-own-cors.js';
import type { Gateway } from './gateway.js';
import type { PollingRequests } from './polling.js';
import { saysPolling } from './polling-query.js';
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

/** The HTTP servers whose upgrades and polling requests are decided. */
export class GatedServers {
  private readonly known = new WeakMap<Server, Gated>();

  constructor(
    private readonly upgrades: UpgradeRequests,
    private readonly polling: PollingRequests,
    /** Somebody else listens in the application's place: socket.io does, and hands on what is not for its path. */
    private readonly isTakenOver: (server: Server) => boolean,
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
        const targets = targetsOf(gated, gateways, url);
        if (targets.length === 0) go();
        else this.upgrades.handle({ request, socket, gateways, targets }, go);
      },
      concerns: ({ url = '/' }) =>
        (made.length > 0 && pollerOf(made, url) !== undefined) ||
        (bases.size > 0 && saysPolling(url) && this.isTakenOver(server)),
      request: (request, response, go) => void this.poll(gated, request, response, go),
    });
    return gated;
  }

  private async poll(
    gated: Gated,
    request: IncomingMessage,
    response: ServerResponse,
    go: () => void,
  ): Promise<void> {
    try {
      const { url = '/' } = request;
      const gateways = pollerOf(gated.made, url)?.gateways ?? [];
      const targets = targetsOf(gated, gateways, url);
      if (targets.length === 0) go();
      else await this.polling.handle({ request, response, gateways, targets }, go);
    } catch (error) {
      this.failed(error);
      refuseRequest(response);
    }
  }
}

/** Gateways know their requests; everybody else's are told by their path. */
function targetsOf({ bases }: Gated, gateways: readonly Gateway[], url: string): readonly string[] {
  return gateways.length > 0 ? [url] : targetsBelow([...bases], url);
}

/** The socket server whose HTTP long-polling a request belongs to. */
function pollerOf(made: readonly MadeServer[], url: string): MadeServer | undefined {
  return made.find(({ polls, takes }) => polls && takes(url, undefined));
}
