import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { ApplicationPolicies } from './app/application-policies.js';
import { Decisions } from './app/decisions.js';
import type {
  CorsLiveEvents,
  CorsLiveListener,
  CorsLiveStatus,
  LivePolicies,
} from './live/index.js';

/** Nothing is live: the code's policies are all there are, and they are current. */
const NOT_LIVE: CorsLiveStatus = { state: 'current', from: 'source', staleFor: 0, rejected: 0 };

/**
 * How live policies are doing, for health checks, logs and metrics. There without the option `live` too, and then always current.
 *
 * @publicApi
 */
@Injectable()
export class CorsLive implements OnApplicationShutdown {
  private live: LivePolicies | undefined;
  /** Those who listen before there is anything to listen to. */
  private readonly early = new Set<(live: LivePolicies) => void>();

  /** @internal Made by Nest. */
  constructor(
    private readonly policies: ApplicationPolicies,
    private readonly decisions: Decisions,
  ) {}

  /** The state of live policies at this moment. */
  status(): CorsLiveStatus {
    if (this.policies.live === undefined) return NOT_LIVE;
    return this.live?.status() ?? { ...NOT_LIVE, state: 'closed' };
  }

  /**
   * Calls back when another revision decides (`'changed'`), when a state of the source is refused (`'rejected'`), and when the
   * source stops answering or answers again (`'state'`).
   *
   * @returns the way to stop listening
   */
  on<Event extends keyof CorsLiveEvents>(
    event: Event,
    listener: CorsLiveListener<Event>,
  ): () => void {
    if (this.live !== undefined) return this.live.announcements.on(event, listener);
    let stop = (): void => void this.early.delete(listen);
    const listen = (live: LivePolicies): void => {
      stop = live.announcements.on(event, listener);
    };
    this.early.add(listen);
    return () => stop();
  }

  /** Reads the source now instead of at the next poll; settles when what it answered is in force or refused. */
  async reconcile(): Promise<void> {
    await this.live?.reconcile();
  }

  /** @internal Called by start-up, which waits for the first state. Without live policies nothing is loaded. */
  async start(): Promise<void> {
    const { live: settings } = this.policies;
    if (settings === undefined) return;
    const { LivePolicies } = await import('./live/index.js');
    const live = new LivePolicies(this.policies, this.decisions, settings);
    this.live = live;
    for (const listen of this.early) listen(live);
    try {
      await live.start();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** @internal Called where start-up fails later. */
  async stop(): Promise<void> {
    await this.live?.stop();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.stop();
  }
}
