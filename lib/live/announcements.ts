import { Logger } from '@nestjs/common';
import { channel } from 'node:diagnostics_channel';
import { oneLine } from '../config/issues/configuration-error.js';
import { show } from '../protocol/show-value.js';
import type { CorsLiveEvents, CorsLiveListener } from './live-status.js';

/** Lines about one refused state. */
const MOST_LINES = 20;
/** Refusals that are remembered as said: a source may bring a new one with every reading. */
const MOST_REMEMBERED = 1000;

const CHANNEL = channel('nestjs-cors:live');

/** Tells whoever listens what happened to live policies; the log hears of each thing once. */
export class Announcements {
  private readonly logger = new Logger('CorsModule');
  private readonly listeners = new Map<string, Set<(happened: never) => void>>();
  private readonly said = new Set<string>();

  constructor(private readonly source: string) {}

  /** @returns the way to stop listening */
  on<Event extends keyof CorsLiveEvents>(
    event: Event,
    listener: CorsLiveListener<Event>,
  ): () => void {
    const own = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, own.add(listener));
    return () => void own.delete(listener);
  }

  tell<Event extends keyof CorsLiveEvents>(event: Event, happened: CorsLiveEvents[Event]): void {
    if (CHANNEL.hasSubscribers) CHANNEL.publish({ event, source: this.source, ...happened });
    for (const listener of this.listeners.get(event) ?? []) {
      try {
        (listener as CorsLiveListener<Event>)(happened);
      } catch (error) {
        this.logger.error(`a listener of live policies threw ${show(error)}`);
      }
    }
  }

  log(message: string): void {
    this.logger.log(message);
  }

  warn(message: string): void {
    this.logger.warn(message);
  }

  /** One line for each code of a revision. */
  logRefusal({ revision, issues }: CorsLiveEvents['rejected']): void {
    const held = `revision ${revision ?? 'unknown'} of ${this.source} is refused, decisions are as before`;
    for (const issue of issues) {
      const kind = `${issue.code} ${revision}`;
      if (this.said.has(kind)) continue;
      if (this.said.size >= MOST_REMEMBERED) this.said.clear();
      this.said.add(kind);
      const more = issues.filter(({ code }) => code === issue.code).length - 1;
      const rest = more === 0 ? '' : ` (and ${more} more of this kind)`;
      this.logger.error(`${held}: ${oneLine(issue)}${rest}`);
    }
  }

  /** Warnings about a state, as start-up says them: allowed, and probably not meant. */
  logWarnings(lines: readonly string[]): void {
    for (const line of lines.slice(0, MOST_LINES)) this.logger.warn(line);
    if (lines.length > MOST_LINES)
      this.logger.warn(`and ${lines.length - MOST_LINES} more warnings about live policies`);
  }
}
