import type { LoggerService } from '@nestjs/common';

/** Kinds of faults that are named in a minute. */
const MOST_KINDS = 20;
const MINUTE = 60_000;

type Level = 'warn' | 'error';

/**
 * Says what went wrong with requests, once a minute for each kind, and of {@link MOST_KINDS} kinds at most: whoever sends faulty
 * requests does not decide how much is logged. What was left out is counted, and said with the next line after the minute.
 */
export class BoundedLog {
  private readonly said = new Set<string>();
  private leftOut = 0;
  private since = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly logger: Pick<LoggerService, Level>,
    /** Milliseconds that never go back. */
    private readonly now: () => number = () => performance.now(),
  ) {}

  /**
   * @param kind what repetitions have in common, such as the policy and its fault
   * @param message the line, with what is particular about this request
   */
  report(level: Level, kind: string, message: string): void {
    const leftOut = this.startMinute();
    if (this.said.has(kind) || this.said.size >= MOST_KINDS) {
      this.leftOut += 1;
      return;
    }
    this.said.add(kind);
    this.logger[level](
      leftOut === 0 ? message : `${message} (${leftOut} more lines were left out)`,
    );
  }

  /** @returns how many lines the minute that is over left out */
  private startMinute(): number {
    if (this.now() - this.since < MINUTE) return 0;
    const { leftOut } = this;
    this.since = this.now();
    this.said.clear();
    this.leftOut = 0;
    return leftOut;
  }
}
