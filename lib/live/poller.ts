/** Milliseconds until the next try where one failed: an outage is over at most this much later. */
const LONGEST_PAUSE = 1000;

/**
 * Does one piece of work again and again, one at a time. A hint while it is being done has it done once more, however many
 * hints there are: what it found may be older than the last of them.
 */
export class Poller {
  private running: Promise<void> | undefined;
  private again = false;
  private stopped = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly every: number,
    /** Never rejects; `false` where it failed. */
    private readonly work: () => Promise<boolean>,
  ) {}

  /** Works now, or once more where work is being done. Settles when nothing is left to be done. */
  now(): Promise<void> {
    if (this.stopped) return Promise.resolve();
    if (this.running === undefined) this.running = this.run();
    else this.again = true;
    return this.running;
  }

  /** Settles when work that was being done has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private async run(): Promise<void> {
    clearTimeout(this.timer);
    let succeeded: boolean;
    do {
      this.again = false;
      succeeded = await this.work();
    } while (this.again && !this.stopped);
    this.running = undefined;
    if (this.stopped) return;
    const pause = succeeded ? this.every : Math.min(this.every, LONGEST_PAUSE);
    this.timer = setTimeout(() => void this.now(), pause);
  }
}
