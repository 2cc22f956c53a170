/** Milliseconds that a timer of Node counts; it would ring at once for more. */
const LONGEST = 2 ** 31 - 1;

/** A timer for any number of milliseconds, `Infinity` for never. It does not keep the process running. */
export class LongTimer {
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly rings: () => void) {}

  /** From now on, whatever was set before. */
  set(milliseconds: number): void {
    this.clear();
    if (milliseconds !== Number.POSITIVE_INFINITY) this.wait(milliseconds);
  }

  clear(): void {
    clearTimeout(this.timer);
  }

  /** In pieces that Node can count. */
  private wait(left: number): void {
    const piece = Math.min(left, LONGEST);
    const next = (): void => (left > piece ? this.wait(left - piece) : this.rings());
    this.timer = setTimeout(next, piece);
    this.timer.unref();
  }
}
