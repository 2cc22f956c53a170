import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Gateway } from './gateway.js';
import { ignoreErrors, refuseUpgrade } from './refuse-upgrade.js';
import type { UpgradeJudge, Verdict } from './upgrade-judge.js';
import { withholdCredentials } from './withhold-credentials.js';

/** Upgrades: let in, or answered with 403 before anything else of the application sees them. */
export class UpgradeRequests {
  constructor(
    private readonly judge: UpgradeJudge,
    private readonly debug: boolean,
    private readonly failed: (error: unknown) => void,
  ) {}

  handle(
    request: IncomingMessage,
    socket: Duplex,
    gateways: readonly Gateway[],
    go: () => void,
  ): void {
    const verdict = this.decide(request, gateways);
    if ('allowed' in verdict) this.finish(verdict, request, socket, go);
    else void this.wait(verdict, request, socket, go);
  }

  /** Nobody reads the socket until it is handed on: what the client sends meanwhile waits in its buffer. */
  private async wait(
    verdict: Promise<Verdict>,
    request: IncomingMessage,
    socket: Duplex,
    go: () => void,
  ): Promise<void> {
    const listenAgain = ignoreErrors(socket);
    const settled = await verdict;
    listenAgain();
    if (!socket.destroyed) this.finish(settled, request, socket, go);
  }

  private finish(
    { allowed, decision }: Verdict,
    request: IncomingMessage,
    socket: Duplex,
    go: () => void,
  ): void {
    if (!allowed) return refuseUpgrade(socket, this.debug);
    if (decision?.policy?.credentials === false) withholdCredentials(request);
    go();
  }

  /** Whatever goes wrong ends as a denial. */
  private decide(
    request: IncomingMessage,
    gateways: readonly Gateway[],
  ): Verdict | Promise<Verdict> {
    try {
      return this.judge.decide(request, this.judge.choicesAt(request.url ?? '/', gateways));
    } catch (error) {
      this.failed(error);
      return { allowed: false };
    }
  }
}
