import { setImmediate } from 'node:timers/promises';

/** An open connection whose origin was let in by a policy that a live source may change. */
export interface OpenSocket {
  /** Asks again, as if it were opened now. */
  readonly stillAllowed: () => boolean | Promise<boolean>;
  readonly close: () => void;
}

/** Connections that are asked about before others have their turn. */
const SLICE = 200;

/** The open connections of an application, asked about again where policies change. */
export class OpenSockets {
  private readonly open = new Set<OpenSocket>();
  private checking: Promise<void> | undefined;
  private again = false;

  /** @returns to be called when it is closed */
  add(socket: OpenSocket): () => void {
    this.open.add(socket);
    return () => void this.open.delete(socket);
  }

  /** Closes those whose origin is no longer let in. Once more, where policies change meanwhile. */
  recheck(): Promise<void> {
    if (this.checking !== undefined) this.again = true;
    this.checking ??= this.run().finally(() => {
      this.checking = undefined;
      if (this.again) void this.recheck();
    });
    return this.checking;
  }

  private async run(): Promise<void> {
    do {
      this.again = false;
      let index = 0;
      for (const socket of this.open) {
        if (!(await isAllowed(socket))) this.close(socket);
        if ((index += 1) % SLICE === 0) await setImmediate();
      }
    } while (this.again);
  }

  private close(socket: OpenSocket): void {
    this.open.delete(socket);
    socket.close();
  }
}

/** Whatever goes wrong ends as a denial. */
async function isAllowed({ stillAllowed }: OpenSocket): Promise<boolean> {
  try {
    return await stillAllowed();
  } catch {
    return false;
  }
}
