import type { Level } from './documented.js';
import type { Reporting } from './report.js';

/** One code, met and just missed. */
export interface CodeRow {
  readonly code: string;
  readonly level: Level;
  readonly where: string;
  readonly wrong: Reporting;
  /** The nearest configuration without the mistake. */
  readonly right: Reporting;
  /** The wrong options, where options alone are wrong. */
  readonly options?: Record<string, unknown>;
  readonly production?: boolean;
}
