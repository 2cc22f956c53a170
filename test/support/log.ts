import { Logger } from '@nestjs/common';

/** Collects what the application logs, from the moment it is made. */
export class CollectedLog {
  readonly lines: string[] = [];

  constructor() {
    const collect = (message: unknown): void => void this.lines.push(String(message));
    Logger.overrideLogger({ log: collect, warn: collect, error: collect });
  }

  /** What came since the last call. */
  take(): readonly string[] {
    return this.lines.splice(0);
  }

  /** The same without the lines that tell a developer who was denied. */
  takeFaults(): readonly string[] {
    return this.take().filter((line) => !line.startsWith('Denied: '));
  }

  silence(): void {
    Logger.overrideLogger(false);
  }
}
