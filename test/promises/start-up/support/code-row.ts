import type { CorsIssueCode } from 'nestjs-cors';
import type { IssueLevel } from '../../../../lib/config/issues/codes.js';
import type { Reporting } from './report.js';

/** One code, met and just missed. */
export interface CodeRow {
  readonly code: CorsIssueCode;
  readonly level: IssueLevel;
  readonly where: string;
  readonly wrong: Reporting;
  /** The nearest configuration without the mistake. */
  readonly right: Reporting;
  /** The wrong options, where options alone are wrong. */
  readonly options?: Record<string, unknown>;
  readonly production?: boolean;
}
