import type { LiveSettings } from '../config/live/check-live-options.js';
import type { CorsReading, CorsSnapshot } from '../config/live/live-options.js';
import { IssueCollector } from '../config/issues/issue-collector.js';
import { applyDelta, isLong } from './apply-delta.js';
import type { Candidate, Candidates } from './candidate.js';
import { within } from './deadline.js';
import { envelopeOf } from './envelope.js';
import { Refusal } from './refusal.js';

type State = Exclude<CorsReading, 'unchanged' | null>;

/** Reads the source within its deadline, and has a candidate made of the answer. */
export class SourceReader {
  constructor(
    private readonly settings: LiveSettings,
    private readonly candidates: Candidates,
    /** Asked whenever it matters: a file may come into force while the source is read. */
    private readonly held: () => Candidate | undefined,
  ) {}

  /**
   * The state of the source; that which is held where it says that nothing changed.
   *
   * @throws Refusal where the answer is no good state
   * @throws Error where there is no answer
   */
  async read(): Promise<Candidate> {
    const answer = await this.ask(this.held()?.revision);
    if (answer === null) throw new Error('the store has no state');
    if (answer !== 'unchanged') return this.candidateOf(answer);
    const held = this.held();
    if (held === undefined) throw new Error('the source says unchanged, and nothing is held');
    return held;
  }

  private ask(revision: number | undefined): Promise<CorsReading> {
    const { source, deadline } = this.settings;
    return within(deadline, (signal) => source.read(revision, signal));
  }

  private async candidateOf(answer: State): Promise<Candidate> {
    const envelope = envelopeOf(answer);
    if (envelope.kind === 'snapshot') return this.ofSnapshot(envelope.snapshot);
    const { delta } = envelope;
    const held = this.held();
    // The change is from another revision than the one that is held: the state is read whole.
    if (held === undefined || delta.since !== held.revision) return this.readWhole();
    this.checkRevision(delta.revision);
    if (isLong(delta)) return this.readWhole();
    const issues = new IssueCollector();
    const values = await applyDelta(held.values, delta, issues);
    return this.candidates.compile(delta.revision, values, issues);
  }

  private async readWhole(): Promise<Candidate> {
    const answer = await this.ask(undefined);
    if (answer === null || answer === 'unchanged')
      throw new Error('the store has no state, only a change');
    const envelope = envelopeOf(answer);
    if (envelope.kind === 'snapshot') return this.ofSnapshot(envelope.snapshot);
    throw Refusal.of(
      'invalid-snapshot',
      'live',
      'the source answers with a change where nothing is held; it has to answer with the whole state',
      envelope.delta.revision,
    );
  }

  /** Before anything is compiled; and after it, because the file may have come into force meanwhile. */
  private async ofSnapshot(snapshot: CorsSnapshot): Promise<Candidate> {
    this.checkRevision(snapshot.revision);
    const candidate = await this.candidates.ofSnapshot(snapshot);
    this.checkRevision(snapshot.revision);
    return candidate;
  }

  private checkRevision(revision: number): void {
    const held = this.held()?.revision;
    if (held === undefined || revision >= held) return;
    const message = `revision ${revision} is older than ${held}, which is held: the store was restored, or somebody publishes with a revision of their own; publish again`;
    throw Refusal.of('revision-went-back', 'live', message, revision);
  }
}
