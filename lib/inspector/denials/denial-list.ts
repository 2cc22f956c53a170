import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { CorsDecisionEvent } from '../../app/events/decision-event.js';

/** Requests of one kind that were denied. */
export interface DeniedKind {
  readonly event: CorsDecisionEvent;
  readonly count: number;
  /** The last one, in milliseconds since 1970. */
  readonly at: number;
}

const CHANNEL = 'nestjs-cors:decision';
/** Kinds that are remembered; the one longest not seen makes way. */
const MOST_KINDS = 50;

/**
 * The last denials, a line for each kind, as heard on the channel `nestjs-cors:decision`: of every application in the process,
 * because the channel does not say which one decided.
 */
@Injectable()
export class DenialList implements OnModuleInit, OnModuleDestroy {
  private readonly kinds = new Map<string, DeniedKind>();
  private changes = 0;

  onModuleInit(): void {
    subscribe(CHANNEL, this.hear);
  }

  onModuleDestroy(): void {
    unsubscribe(CHANNEL, this.hear);
  }

  /** Another number after every denial. */
  get revision(): number {
    return this.changes;
  }

  /** The newest first. */
  latest(): readonly DeniedKind[] {
    return [...this.kinds.values()].reverse();
  }

  private readonly hear = (message: unknown): void => {
    const event = message as CorsDecisionEvent;
    if (event.outcome === 'allowed') return;
    const key = keyOf(event);
    const count = (this.kinds.get(key)?.count ?? 0) + 1;
    this.kinds.delete(key);
    this.kinds.set(key, { event, count, at: Date.now() });
    this.changes += 1;
    const [oldest] = this.kinds.keys();
    if (this.kinds.size > MOST_KINDS && oldest !== undefined) this.kinds.delete(oldest);
  };
}

function keyOf({ kind, reason, policy, where, method, route, origin }: CorsDecisionEvent): string {
  return JSON.stringify([kind, reason, policy, where, method, route, origin]);
}
