/** An option of a policy that a source may be let change. */
export type LiveKey = 'origin' | 'maxAge' | 'allowedHeaders' | 'exposedHeaders' | 'methods';

/** The values of one live policy in a snapshot; all but `origin` only where `mayChange` names them. */
export interface CorsLivePolicy {
  /** Exact origins and patterns; pages of them where there are many; `false` for nobody. */
  readonly origin: false | readonly string[] | AsyncIterable<readonly string[]>;
  /** How many origins the pages hold together, which saves memory. */
  readonly count?: number;
  readonly maxAge?: number;
  readonly allowedHeaders?: string | readonly string[];
  readonly exposedHeaders?: string | readonly string[];
  readonly methods?: string | readonly string[];
}

/** The state of a source, whole: exactly the live policies, each with its list. */
export interface CorsSnapshot {
  readonly format: 1;
  /** A positive safe integer, higher than that of every state before. */
  readonly revision: number;
  readonly policies: Readonly<Record<string, CorsLivePolicy>>;
}

/** A change of one policy's list: origins that came, and origins that went. */
export interface CorsListChange {
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
}

/** The way from one revision to another. Where `since` is not held, the state is read whole instead. */
export interface CorsDelta {
  readonly format: 1;
  readonly revision: number;
  readonly since: number;
  readonly changes: Readonly<Record<string, CorsListChange>>;
}

/** The answer to one reading: `'unchanged'` since the held revision; `null` where the store has no state at all. */
export type CorsReading = CorsSnapshot | CorsDelta | 'unchanged' | null;

/** Where the lists of live policies come from. */
export interface CorsPolicySource {
  /** How logs call it; no secrets. */
  readonly name: string;
  /**
   * Reads the state.
   *
   * @param held the revision that this process holds; a source that still has it answers `'unchanged'`
   * @param signal aborts when the deadline has passed: whatever the source waits on is to be let go
   */
  read(held: number | undefined, signal: AbortSignal): Promise<CorsReading>;
  /**
   * Calls `hint` when the state may have changed. A hint only makes the next reading earlier.
   *
   * @returns the way to stop
   */
  watch?(hint: () => void): () => void | Promise<void>;
  /** Called once, when the application shuts down. */
  close?(): void | Promise<void>;
}

/** Options of live policies. */
export interface CorsLiveOptions {
  /** `redisSource()`, `natsSource()`, or any object that reads. */
  readonly source: CorsPolicySource;

  /**
   * Milliseconds between two readings, 500…60000: after an outage of any kind, changes arrive within this.
   * @default 2000
   */
  readonly pollEvery?: number;

  /**
   * Milliseconds that a reading may take; less than `pollEvery`.
   * @default 1000
   */
  readonly deadline?: number;

  /**
   * The end of start-up where the source does not answer and there is no file. `'require'`: it fails. `'closed'`: live policies
   * deny everyone until the source answers.
   * @default 'require'
   */
  readonly startUp?: 'require' | 'closed';

  /**
   * Milliseconds that start-up waits for the source.
   * @default 5000
   */
  readonly startTimeout?: number;

  /**
   * A file that keeps the last accepted state, for a start while the source does not answer.
   * @default none
   */
  readonly lastKnownGood?: string;

  /**
   * The options of live policies that the source may change.
   * @default ['origin']
   */
  readonly mayChange?: readonly LiveKey[];

  /**
   * Milliseconds without an answer of the source after which live policies deny everyone.
   * @default Infinity
   */
  readonly maxStale?: number;

  /**
   * Close open WebSockets whose origin a new state denies.
   * @default true
   */
  readonly closeSockets?: boolean;
}
