import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { ServerResponse } from 'node:http';
import { ApplicationPolicies } from '../../app/application-policies.js';
import { Decisions } from '../../app/decisions.js';
import { DenialList } from './denial-list.js';
import { shownDenials } from './shown-denial.js';

/** Pages that are told at once; a further one takes the place of the first. */
const MOST_STREAMS = 20;
/** Milliseconds between two looks at the list: what comes in between goes out together. */
const INTERVAL = 500;
/** Looks after which a page hears something even where nothing happened, so that proxies keep the stream. */
const QUIET_LOOKS = 30;

const HEAD = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store, no-transform',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Accel-Buffering': 'no',
  'X-Content-Type-Options': 'nosniff',
} as const;

/** Tells open pages of denials: the whole list, which is short, whenever it has changed, and at most twice a second. */
@Injectable()
export class DenialStreams implements OnModuleDestroy {
  /** Open pages, and the revision of the list that each was told. */
  private readonly streams = new Map<ServerResponse, number>();
  private timer: NodeJS.Timeout | undefined;
  private looks = 0;

  constructor(
    private readonly denials: DenialList,
    private readonly module: ModuleRef,
  ) {}

  open(request: unknown, response: unknown): void {
    const { platform } = this.module.get(Decisions, { strict: false }).chooser;
    const exchange = platform.exchangeOf(request, response);
    const stream = exchange.response;
    stream.writeHead(200, HEAD);
    if (exchange.request.method === 'HEAD') return void stream.end();
    stream.once('close', () => this.forget(stream));
    if (this.streams.size >= MOST_STREAMS) this.endFirst();
    this.streams.set(stream, this.denials.revision);
    stream.write(this.message());
    this.timer ??= setInterval(() => this.look(), INTERVAL).unref();
  }

  /** An open stream would keep the server from closing. */
  onModuleDestroy(): void {
    for (const stream of this.streams.keys()) stream.end();
  }

  private endFirst(): void {
    const [first] = this.streams.keys();
    if (first === undefined) return;
    first.end();
    this.streams.delete(first);
  }

  private forget(stream: ServerResponse): void {
    this.streams.delete(stream);
    if (this.streams.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** A page that has not read what it was told is told later. */
  private look(): void {
    const { revision } = this.denials;
    const isQuiet = (this.looks += 1) % QUIET_LOOKS === 0;
    let message: string | undefined;
    for (const [stream, told] of this.streams) {
      if (stream.writableNeedDrain) continue;
      if (told === revision) {
        if (isQuiet) stream.write(': nothing new\n\n');
        continue;
      }
      this.streams.set(stream, revision);
      stream.write((message ??= this.message()));
    }
  }

  private message(): string {
    const policies = this.module.get(ApplicationPolicies, { strict: false });
    const decisions = this.module.get(Decisions, { strict: false });
    const labels = new Map([...policies.inUse()].map((policy) => [policy.label, policy]));
    const shown = shownDenials(this.denials.latest(), (label) => {
      const policy = labels.get(label);
      return policy && decisions.current(policy);
    });
    return `data: ${JSON.stringify(shown)}\n\n`;
  }
}
