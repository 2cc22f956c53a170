import type { CorsPolicySource, CorsReading } from 'nestjs-cors';

/** A source whose hints meet with something on their way; what is read is what the source reads. */
export class Notices implements CorsPolicySource {
  fate: 'come' | 'come twice' | 'are late' | 'are lost' = 'come';
  private hint: () => void = () => undefined;
  private late = 0;
  reads = 0;

  constructor(private readonly source: CorsPolicySource) {}

  get name(): string {
    return this.source.name;
  }

  read(held: number | undefined, signal: AbortSignal): Promise<CorsReading> {
    this.reads += 1;
    return this.source.read(held, signal);
  }

  watch(hint: () => void): () => void | Promise<void> {
    this.hint = hint;
    return this.source.watch?.(() => this.arrive()) ?? ((): void => undefined);
  }

  close(): void | Promise<void> {
    return this.source.close?.();
  }

  /** Those that were late, at last. */
  release(): void {
    for (; this.late > 0; this.late -= 1) this.hint();
  }

  private arrive(): void {
    if (this.fate === 'are late') this.late += 1;
    if (this.fate.startsWith('come')) this.hint();
    if (this.fate === 'come twice') this.hint();
  }
}
