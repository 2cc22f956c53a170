import type { Duplex } from 'node:stream';
import type { DecisionEvents } from '../app/events/decision-events.js';
import type { OpenSockets } from './open-sockets.js';
import { ignoreErrors, refuseUpgrade } from './refuse-upgrade.js';
import { isAllowed, type UpgradeJudge, type Verdict, withholds } from './upgrade-judge.js';
import { withholdCredentials } from './withhold-credentials.js';
import type { SocketRequest } from './socket-request.js';

/** An upgrade. */
export interface Upgrade extends SocketRequest {
  readonly socket: Duplex;
}

/** Upgrades: let in, or answered with 403 before anything else of the application sees them. */
export class UpgradeRequests {
  constructor(
    private readonly judge: UpgradeJudge,
    private readonly events: DecisionEvents,
    private readonly debug: boolean,
    private readonly failed: (error: unknown) => void,
    /** Where policies may change while a socket is open. */
    private readonly open?: OpenSockets,
  ) {}

  handle(upgrade: Upgrade, go: () => void): void {
    const since = this.open?.changes ?? 0;
    const letIn = (verdict: Verdict): void => this.finish(verdict, upgrade, since, go);
    const verdict = this.decide(upgrade);
    if ('allowed' in verdict) letIn(verdict);
    else void this.wait(verdict, upgrade, letIn);
  }

  /** Nobody reads the socket until it is handed on: what the client sends meanwhile waits in its buffer. */
  private async wait(
    verdict: Promise<Verdict>,
    { socket }: Upgrade,
    letIn: (verdict: Verdict) => void,
  ): Promise<void> {
    const listenAgain = ignoreErrors(socket);
    const settled = await verdict;
    listenAgain();
    if (!socket.destroyed) letIn(settled);
  }

  private finish(verdict: Verdict, upgrade: Upgrade, since: number, go: () => void): void {
    this.tell(verdict, upgrade);
    if (!verdict.allowed) return refuseUpgrade(upgrade.socket, this.debug);
    if (withholds(verdict)) withholdCredentials(upgrade.request);
    if (this.open !== undefined) this.watch(upgrade, this.open, since);
    if (!upgrade.socket.destroyed) go();
  }

  private tell({ decision, denial = decision }: Verdict, { request }: Upgrade): void {
    if (denial === undefined) return;
    const question = { exchange: this.judge.exchangeOf(request), origin: request.headers.origin };
    this.events.decided('upgrade', question, denial, true);
  }

  private watch(upgrade: Upgrade, open: OpenSockets, since: number): void {
    const { socket } = upgrade;
    const stillAllowed = (): boolean | Promise<boolean> => isAllowed(this.decide(upgrade));
    const gone = open.add({ stillAllowed, close: () => socket.destroy() }, since);
    socket.once('close', gone);
  }

  /** Whatever goes wrong ends as a denial. */
  private decide({ request, gateways, targets }: Upgrade): Verdict | Promise<Verdict> {
    try {
      return this.judge.decide(request, this.judge.choicesFor(targets, gateways));
    } catch (error) {
      this.failed(error);
      return { allowed: false };
    }
  }
}
