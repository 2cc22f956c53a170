import type { Announcements } from './announcements.js';
import type { CorsLiveState, CorsLiveStatus } from './live-status.js';
import type { Refusal } from './refusal.js';

/** How live policies are doing, by what the last readings of their source came to. */
export class Condition {
  private state: CorsLiveState = 'closed';
  private confirmedAt = performance.now();
  private rejected = 0;
  private lastRejection = '';
  private lastError: string | undefined;

  constructor(
    private readonly announcements: Announcements,
    /** Start-up says itself how it ended. */
    private readonly isStarting: () => boolean,
  ) {}

  get isClosed(): boolean {
    return this.state === 'closed';
  }

  /** The reason of the last failure. */
  get reason(): string | undefined {
    return this.lastError;
  }

  status(): Omit<CorsLiveStatus, 'revision' | 'from'> {
    const { state, rejected, lastError } = this;
    return {
      state,
      staleFor: Math.round(performance.now() - this.confirmedAt),
      rejected,
      ...(lastError === undefined ? {} : { lastError }),
    };
  }

  /** The source has what is held. */
  answered(): void {
    this.confirmedAt = performance.now();
    this.lastError = undefined;
    this.enter('current');
  }

  failed(error: string): void {
    this.lastError = error;
    if (this.state === 'current') this.enter('stale');
  }

  /** Counted and said once for each code of a revision, however often the source is read. */
  refused(refusal: Refusal): void {
    const { revision, issues } = refusal;
    this.lastError = refusal.message;
    const kind = `${revision} ${issues.map(({ code, where }) => code + where).join()}`;
    if (kind === this.lastRejection) return;
    this.lastRejection = kind;
    this.rejected += 1;
    this.announcements.logRefusal({ revision, issues });
    this.announcements.tell('rejected', { revision, issues });
  }

  /** The file stands in for the source. */
  standsIn(): void {
    this.confirmedAt = performance.now();
    this.enter('stale');
  }

  /** `maxStale` is over. */
  expired(): void {
    this.lastError ??= 'the source has not answered for too long';
    this.enter('closed');
  }

  private enter(state: CorsLiveState): void {
    const { state: before } = this;
    if (state === before) return;
    this.state = state;
    const why = state === 'current' ? '' : ` (${this.lastError})`;
    if (!this.isStarting())
      this.announcements.warn(`live policies are ${state}, they were ${before}${why}`);
    this.announcements.tell('state', { state, before });
  }
}
