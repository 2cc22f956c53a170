import { setImmediate } from 'node:timers/promises';

/** An open connection whose origin was let in by a policy that a live source may change. */
export interface OpenSocket {
  /** Asks again, as if it were opened now; a promise only where a predicate takes its time. */
  readonly stillAllowed: () => boolean | Promise<boolean>;
  readonly close: () => void;
}

/** Connections that are asked about before others have their turn. */
const SLICE = 200;

/** The open connections of an application, asked about again where policies change. */
export class OpenSockets {
  private readonly open = new Set<OpenSocket>();
  private checking = false;
  private count = 0;

  constructor(
    /** An application's own listener may throw when its connection ends: that must not keep the others open. */
    private readonly failed: (error: unknown) => void,
  ) {}

  /** How often policies have changed. */
  get changes(): number {
    return this.count;
  }

  /**
   * @param since {@link changes} when the decision began that let it in: where they went on meanwhile, it is asked about again
   * @returns to be called when it is closed
   */
  add(socket: OpenSocket, since: number): () => void {
    this.open.add(socket);
    if (since !== this.count) this.ask(socket);
    return () => void this.open.delete(socket);
  }

  /** Closes those whose origin is no longer let in. Once more, where policies change meanwhile. */
  async recheck(): Promise<void> {
    this.count += 1;
    if (this.checking) return;
    this.checking = true;
    for (let seen = 0; seen !== this.count;) {
      seen = this.count;
      await this.askAll();
    }
    this.checking = false;
  }

  private async askAll(): Promise<void> {
    let index = 0;
    for (const socket of this.open) {
      this.ask(socket);
      if ((index += 1) % SLICE === 0) await setImmediate();
    }
  }

  /** One that takes its time keeps nobody waiting. Whatever goes wrong ends as a denial. */
  private ask(socket: OpenSocket): void {
    const settle = (allowed: boolean): void => {
      if (!allowed) this.close(socket);
    };
    try {
      const allowed = socket.stillAllowed();
      if (allowed instanceof Promise) allowed.then(settle, () => settle(false));
      else settle(allowed);
    } catch {
      settle(false);
    }
  }

  private close(socket: OpenSocket): void {
    if (!this.open.delete(socket)) return;
    try {
      socket.close();
    } catch (error) {
      this.failed(error);
    }
  }
}
