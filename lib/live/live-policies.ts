import type { ApplicationPolicies } from '../app/application-policies.js';
import type { Decisions } from '../app/decisions.js';
import type { LiveSettings } from '../config/live/check-live-options.js';
import { CorsSourceError } from '../config/live/source-error.js';
import { CorsConfigurationError, oneLine } from '../config/issues/configuration-error.js';
import { show } from '../protocol/show-value.js';
import { Announcements } from './announcements.js';
import { Candidates, type Candidate } from './candidate.js';
import { Condition } from './condition.js';
import { within } from './deadline.js';
import { LastState } from './last-state.js';
import type { CorsLiveStatus } from './live-status.js';
import { LongTimer } from './long-timer.js';
import { Poller } from './poller.js';
import { Refusal } from './refusal.js';
import { SourceReader } from './source-reader.js';

/** The live policies of an application: reads their source, judges what it answers, and puts it in force. */
export class LivePolicies {
  readonly announcements: Announcements;
  private readonly condition: Condition;
  private readonly reader: SourceReader;
  private readonly poller: Poller;
  private readonly file: LastState;
  private held: Candidate | undefined;
  private from: 'source' | 'file' = 'source';
  private readonly staleness = new LongTimer(() => this.close());
  private stopWatching: (() => void | Promise<void>) | undefined;
  /** Settled while start-up waits for the first state. */
  private waiting:
    { readonly refused: (error: Refusal) => void; readonly accepted: () => void } | undefined;
  private stopped = false;

  constructor(
    policies: ApplicationPolicies,
    private readonly decisions: Decisions,
    private readonly settings: LiveSettings,
  ) {
    const { source, pollEvery, lastKnownGood } = settings;
    this.announcements = new Announcements(source.name);
    const candidates = new Candidates(policies, settings);
    this.condition = new Condition(this.announcements, () => this.waiting !== undefined);
    this.reader = new SourceReader(settings, candidates, () => this.held);
    this.poller = new Poller(pollEvery, () => this.read());
    this.file = new LastState(lastKnownGood, candidates, this.announcements);
  }

  /**
   * Settles when there is a state to start with.
   *
   * @throws CorsConfigurationError where the first state is refused
   * @throws CorsSourceError where there is none
   */
  async start(): Promise<void> {
    const { source, startTimeout } = this.settings;
    const first = new Promise<void>((accepted, refused) => {
      this.waiting = { accepted, refused };
    });
    this.stopWatching = source.watch?.(() => void this.poller.now());
    void this.poller.now();
    try {
      await within(startTimeout, () => first);
    } catch (error) {
      this.waiting = undefined;
      if (Refusal.is(error)) throw new CorsConfigurationError(error.issues);
      await this.startWithout();
    }
    this.waiting = undefined;
    const { held, from } = this;
    const what =
      held === undefined ? 'no state yet, everyone is denied' : `revision ${held.revision}`;
    this.announcements.log(
      `live policies from ${source.name}: ${what}${from === 'file' && held ? ' of the last known good file' : ''}`,
    );
  }

  status(): CorsLiveStatus {
    const { held, from } = this;
    const revision = held === undefined ? {} : { revision: held.revision };
    return { ...this.condition.status(), ...revision, from };
  }

  /** Reads now. */
  reconcile(): Promise<void> {
    return this.poller.now();
  }

  async stop(): Promise<void> {
    if (this.stopped) return;
    this.stopped = true;
    this.staleness.clear();
    await this.stopWatching?.();
    const ended = this.poller.stop();
    await this.settings.source.close?.();
    await ended;
    await this.file.settled();
  }

  /** The one reading. Never rejects. */
  private async read(): Promise<boolean> {
    try {
      this.accept(await this.reader.read());
      return true;
    } catch (error) {
      const refusal = refusalIn(error);
      if (refusal === undefined) this.condition.failed(show(error));
      else this.refuse(refusal);
      return refusal !== undefined;
    }
  }

  private accept(candidate: Candidate): void {
    const { held } = this;
    if (held === undefined || candidate.revision > held.revision)
      return this.putInForce(candidate, 'source');
    if (candidate.digest === held.digest) return this.confirm(held);
    const message = `revision ${candidate.revision} is held, with other contents; publish again, every state under a revision of its own`;
    throw Refusal.of('revision-reused', 'live', message, candidate.revision);
  }

  /** The source has what is held. */
  private confirm(held: Candidate): void {
    if (this.condition.isClosed) this.decisions.swap(held.revision, held.policies);
    this.from = 'source';
    this.answered();
  }

  private putInForce(candidate: Candidate, from: 'source' | 'file'): void {
    const before = new Set(this.held?.warnings.map(oneLine) ?? []);
    this.held = candidate;
    this.from = from;
    this.decisions.swap(candidate.revision, candidate.policies);
    const warnings = candidate.warnings.map(oneLine).filter((line) => !before.has(line));
    this.announcements.logWarnings(warnings);
    this.announcements.tell('changed', { revision: candidate.revision, from });
    if (from === 'source') {
      void this.file.keep(candidate);
      this.answered();
    }
  }

  private answered(): void {
    this.condition.answered();
    this.armStaleness();
    this.waiting?.accepted();
  }

  private refuse(refusal: Refusal): void {
    this.condition.refused(refusal);
    this.waiting?.refused(refusal);
  }

  /** From the last answer on, not from the first failure. */
  private armStaleness(): void {
    if (!this.stopped) this.staleness.set(this.settings.maxStale);
  }

  private close(): void {
    this.decisions.closeLive();
    this.condition.expired();
  }

  /** The source did not answer in time. */
  private async startWithout(): Promise<void> {
    const { source, startUp, startTimeout } = this.settings;
    const candidate = await this.file.candidate();
    // It may have answered meanwhile, and is preferred.
    if (this.held !== undefined) return;
    if (candidate !== undefined) {
      this.putInForce(candidate, 'file');
      this.armStaleness();
      return this.condition.standsIn();
    }
    if (startUp === 'closed') return;
    const reason = this.condition.reason ?? `no answer within ${startTimeout} ms`;
    throw new CorsSourceError(
      source.name,
      `the source of live policies, ${source.name}, does not answer (${reason}), and no file stands in for it; start it, name a file with \`lastKnownGood\`, or write \`startUp: 'closed'\` to deny everyone until it answers`,
    );
  }
}

/** A source that parses what it read may find that it is no JSON: it did answer. */
function refusalIn(error: unknown): Refusal | undefined {
  if (Refusal.is(error)) return error;
  if (!(error instanceof SyntaxError)) return undefined;
  return Refusal.of('invalid-snapshot', 'live', `what the source read is no JSON: ${show(error)}`);
}
