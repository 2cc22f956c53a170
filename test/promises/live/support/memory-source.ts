import type { CorsPolicySource, CorsReading } from 'nestjs-cors';

/** A source in memory, and whatever may become of one. */
export class MemorySource implements CorsPolicySource {
  readonly name = 'memory';
  /** The answer to the next readings. */
  answer: (held: number | undefined) => CorsReading | Promise<CorsReading>;
  readonly reads: (number | undefined)[] = [];
  readonly signals: AbortSignal[] = [];
  closed = 0;
  private hint: (() => void) | undefined;

  constructor(
    answer: CorsReading | ((held: number | undefined) => CorsReading | Promise<CorsReading>),
  ) {
    this.answer = typeof answer === 'function' ? answer : (): CorsReading => answer;
  }

  async read(held: number | undefined, signal: AbortSignal): Promise<CorsReading> {
    this.reads.push(held);
    this.signals.push(signal);
    return this.answer(held);
  }

  watch(hint: () => void): () => void {
    this.hint = hint;
    return () => (this.hint = undefined);
  }

  close(): void {
    this.closed += 1;
  }

  /** The answer from now on, and a hint that there is one. */
  say(answer: CorsReading): void {
    this.answer = (): CorsReading => answer;
    this.hint?.();
  }

  /** A hint without anything new. */
  notify(): void {
    this.hint?.();
  }
}

/** A state with one live policy, `tenants`. */
export function state(revision: number, origin: readonly string[] | false): CorsReading {
  return { format: 1, revision, policies: { tenants: { origin } } };
}

/** A source that never answers. */
export const never = (): Promise<CorsReading> => new Promise(() => undefined);

/** A source that nobody reaches. */
export const down = (): never => {
  throw new Error('connection refused');
};
