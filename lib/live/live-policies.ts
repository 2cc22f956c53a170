import type { ApplicationPolicies } from '../app/application-policies.js';
import type { Decisions } from '../app/decisions.js';
import type { LiveSettings } from '../config/live/check-live-options.js';
import type { CorsReading } from '../config/live/live-options.js';
import { CorsSourceError } from '../config/live/source-error.js';
import { CorsConfigurationError, oneLine } from '../config/issues/configuration-error.js';
import { IssueCollector } from '../config/issues/issue-collector.js';
import { show } from '../protocol/show-value.js';
import { Announcements } from './announcements.js';
import { applyDelta } from './apply-delta.js';
import { Candidates, type Candidate } from './candidate.js';
import { within } from './deadline.js';
import { envelopeOf } from './envelope.js';
import { KnownGood } from './known-good.js';
import type { CorsLiveState, CorsLiveStatus } from './live-status.js';
import { parseState } from './parse-state.js';
import { Poller } from './poller.js';
import { Refusal } from './refusal.js';

/** The live policies of an application: reads their source, judges what it answers, and puts it in force. */
export class LivePolicies {
  readonly announcements: Announcements;
  private readonly candidates: Candidates;
  private readonly poller: Poller;
  private readonly file: KnownGood | undefined;
  private held: Candidate | undefined;
  private from: 'source' | 'file' = 'source';
  private state: CorsLiveState = 'closed';
  private confirmedAt = performance.now();
  private rejected = 0;
  private lastRejection = '';
  private lastError: string | undefined;
  private staleTimer: NodeJS.Timeout | undefined;
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
    this.candidates = new Candidates(policies, settings);
    this.poller = new Poller(pollEvery, () => this.read());
    this.file = lastKnownGood === undefined ? undefined : new KnownGood(lastKnownGood);
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
    const { held, state, from, rejected, lastError } = this;
    return {
      state,
      ...(held === undefined ? {} : { revision: held.revision }),
      from,
      staleFor: Math.round(performance.now() - this.confirmedAt),
      rejected,
      ...(lastError === undefined ? {} : { lastError }),
    };
  }

  /** Reads now. */
  reconcile(): Promise<void> {
    return this.poller.now();
  }

  async stop(): Promise<void> {
    if (this.stopped) return;
    this.stopped = true;
    clearTimeout(this.staleTimer);
    await this.stopWatching?.();
    const ended = this.poller.stop();
    await this.settings.source.close?.();
    await ended;
    await this.file?.settled();
  }

  /** The one reading. Never rejects. */
  private async read(): Promise<boolean> {
    const { source, deadline } = this.settings;
    try {
      const answer = await within(deadline, (signal) => source.read(this.held?.revision, signal));
      if (answer === null) throw new Error('the store has no state');
      await this.take(answer);
      return true;
    } catch (error) {
      const refusal = refusalIn(error);
      if (refusal === undefined) this.fail(show(error));
      else this.refuse(refusal);
      return refusal !== undefined;
    }
  }

  private async take(answer: Exclude<CorsReading, null>): Promise<void> {
    if (answer === 'unchanged') {
      if (this.held === undefined)
        throw new Error('the source says unchanged, and nothing is held');
      return this.confirm(this.held);
    }
    const candidate = await this.candidateOf(answer);
    if (candidate === undefined) {
      // The change is from another revision than the one that is held: the state is read whole.
      const whole = await this.readWhole();
      return this.accept(await this.candidates.ofSnapshot(whole));
    }
    this.accept(candidate);
  }

  /** @returns `undefined` for a change that does not start from what is held */
  private async candidateOf(
    answer: Exclude<CorsReading, 'unchanged' | null>,
  ): Promise<Candidate | undefined> {
    const envelope = envelopeOf(answer);
    if (envelope.kind === 'snapshot') {
      this.checkRevision(envelope.snapshot.revision);
      return this.candidates.ofSnapshot(envelope.snapshot);
    }
    const { delta } = envelope;
    if (this.held === undefined || delta.since !== this.held.revision) return undefined;
    this.checkRevision(delta.revision);
    const issues = new IssueCollector();
    const values = await applyDelta(this.held.values, delta, issues);
    return this.candidates.compile(delta.revision, values, issues);
  }

  private async readWhole(): Promise<Parameters<Candidates['ofSnapshot']>[0]> {
    const { source, deadline } = this.settings;
    const answer = await within(deadline, (signal) => source.read(undefined, signal));
    if (answer === null || answer === 'unchanged')
      throw new Error('the store has no state, only a change');
    const envelope = envelopeOf(answer);
    if (envelope.kind === 'snapshot') {
      this.checkRevision(envelope.snapshot.revision);
      return envelope.snapshot;
    }
    throw Refusal.of(
      'invalid-snapshot',
      'live',
      'the source answers with a change where nothing is held; it has to answer with the whole state',
      envelope.delta.revision,
    );
  }

  /** Before anything is compiled. */
  private checkRevision(revision: number): void {
    const held = this.held?.revision;
    if (held === undefined || revision >= held) return;
    const message = `revision ${revision} is older than ${held}, which is held: the store was restored, or somebody publishes with a revision of their own; publish again`;
    throw Refusal.of('revision-went-back', 'live', message, revision);
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
    if (this.state === 'closed') this.decisions.swap(held.revision, held.policies);
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
      void this.save(candidate);
      this.answered();
    }
  }

  private async save(candidate: Candidate): Promise<void> {
    try {
      await this.file?.write(candidate);
    } catch (error) {
      this.announcements.warn(`the last known good state cannot be written: ${show(error)}`);
    }
  }

  private answered(): void {
    this.confirmedAt = performance.now();
    this.lastError = undefined;
    this.enter('current');
    this.armStaleness();
    this.waiting?.accepted();
  }

  private fail(error: string): void {
    this.lastError = error;
    if (this.state === 'current') this.enter('stale');
  }

  private refuse(refusal: Refusal): void {
    const { revision, issues } = refusal;
    this.lastError = refusal.message;
    const kind = `${revision} ${issues.map(({ code, where }) => code + where).join()}`;
    if (kind !== this.lastRejection) {
      this.lastRejection = kind;
      this.rejected += 1;
      this.announcements.logRefusal({ revision, issues });
      this.announcements.tell('rejected', { revision, issues });
    }
    this.waiting?.refused(refusal);
  }

  private enter(state: CorsLiveState): void {
    const { state: before } = this;
    if (state === before) return;
    this.state = state;
    if (this.waiting === undefined)
      this.announcements.warn(
        `live policies are ${state}, they were ${before}${state === 'current' ? '' : ` (${this.lastError})`}`,
      );
    this.announcements.tell('state', { state, before });
  }

  /** From the last answer on, not from the first failure. */
  private armStaleness(): void {
    const { maxStale } = this.settings;
    clearTimeout(this.staleTimer);
    if (maxStale === Number.POSITIVE_INFINITY || this.stopped) return;
    this.staleTimer = setTimeout(() => this.close(), Math.min(maxStale, 2 ** 31 - 1));
    this.staleTimer.unref();
  }

  private close(): void {
    this.lastError ??= 'the source has not answered for too long';
    this.decisions.closeLive();
    this.enter('closed');
  }

  /** The source did not answer in time. */
  private async startWithout(): Promise<void> {
    const { source, startUp, startTimeout } = this.settings;
    const candidate = await this.fromFile();
    // It may have answered meanwhile, and is preferred.
    if (this.held !== undefined) return;
    if (candidate !== undefined) {
      this.putInForce(candidate, 'file');
      this.confirmedAt = performance.now();
      this.armStaleness();
      return this.enter('stale');
    }
    if (startUp === 'closed') return;
    const reason = this.lastError ?? `no answer within ${startTimeout} ms`;
    throw new CorsSourceError(
      source.name,
      `the source of live policies, ${source.name}, does not answer (${reason}), and no file stands in for it; start it, name a file with \`lastKnownGood\`, or write \`startUp: 'closed'\` to deny everyone until it answers`,
    );
  }

  private async fromFile(): Promise<Candidate | undefined> {
    try {
      const snapshot = await this.file?.read(parseState);
      if (snapshot === undefined) return undefined;
      const envelope = envelopeOf(snapshot);
      if (envelope.kind !== 'snapshot') return undefined;
      return await this.candidates.ofSnapshot(envelope.snapshot);
    } catch (error) {
      this.announcements.warn(`the last known good file counts as none: ${show(error)}`);
      return undefined;
    }
  }
}

/** A source that parses what it read may find that it is no JSON: it did answer. */
function refusalIn(error: unknown): Refusal | undefined {
  if (Refusal.is(error)) return error;
  if (!(error instanceof SyntaxError)) return undefined;
  return Refusal.of('invalid-snapshot', 'live', `what the source read is no JSON: ${show(error)}`);
}
