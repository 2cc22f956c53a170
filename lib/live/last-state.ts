import { show } from '../protocol/show-value.js';
import type { Announcements } from './announcements.js';
import type { Candidate, Candidates } from './candidate.js';
import { envelopeOf } from './envelope.js';
import { KnownGood } from './known-good.js';
import { parseState } from './parse-state.js';

/** The last accepted state, in the file `lastKnownGood` where one is named. Nothing that goes wrong with it stops anything else. */
export class LastState {
  private readonly file: KnownGood | undefined;

  constructor(
    path: string | undefined,
    private readonly candidates: Candidates,
    private readonly announcements: Announcements,
  ) {
    this.file = path === undefined ? undefined : new KnownGood(path);
  }

  async keep(candidate: Candidate): Promise<void> {
    try {
      await this.file?.write(candidate);
    } catch (error) {
      this.announcements.warn(`the last known good state cannot be written: ${show(error)}`);
    }
  }

  /** Checked like any other state; a broken file is no file. */
  async candidate(): Promise<Candidate | undefined> {
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

  /** Settles when nothing is being written. */
  async settled(): Promise<void> {
    await this.file?.settled();
  }
}
