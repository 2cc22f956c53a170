import type { CorsIssueCode } from 'nestjs-cors';
import { CODES, type IssueLevel } from '../../../../lib/config/issues/codes.js';
import { PLATFORMS, type PlatformName } from '../../../support/platforms.js';
import { type Application, type Reporting, starting, validating } from './report.js';

/** A mistake, and the nearest configuration without it. */
export interface Shown {
  readonly wrong: Reporting;
  readonly right: Reporting;
}

/** How a mistake is shown: by options alone, by a real start on a platform, or by parts of the library. */
export type Way = 'validate()' | PlatformName | 'parts';

/** One code, met and just missed. */
export interface CodeRow {
  readonly code: CorsIssueCode;
  readonly level: IssueLevel;
  readonly where: string;
  readonly shown: Readonly<Partial<Record<Way, Shown>>>;
  /** The wrong options, where options alone are wrong. */
  readonly options?: Options;
  readonly production?: boolean;
}

export type Options = Record<string, unknown>;

/** The platforms on which an application boots: refused or logged while it is wrong, started once it is mended. */
export type Boots = 'both' | PlatformName;

/** Wrong options: `validate()` says so, and an application with them, on both platforms. */
export function optionsRow(
  code: CorsIssueCode,
  where: string,
  wrong: Options,
  right: Options,
  production = false,
): CodeRow {
  const [options, mended] = [{ options: wrong }, { options: right }];
  const booted = applicationRow('both', code, where, options, mended, production);
  const validated = { wrong: validating(wrong, production), right: validating(right, production) };
  return { ...booted, ...options, production, shown: { ...booted.shown, 'validate()': validated } };
}

/** A wrong application, on the platforms named first. */
export function applicationRow(
  boots: Boots,
  code: CorsIssueCode,
  where: string,
  wrong: Application,
  right: Application,
  production = false,
): CodeRow {
  const shown: Partial<Record<Way, Shown>> = {};
  for (const platform of boots === 'both' ? PLATFORMS : [boots]) {
    const start = (application: Application): Reporting =>
      starting(application, platform, production);
    shown[platform] = { wrong: start(wrong), right: start(right) };
  }
  return { code, level: CODES[code].level, where, shown };
}

/** A row whose circumstances make more or less of a danger than the list does. */
export function at(level: IssueLevel, row: CodeRow): CodeRow {
  return { ...row, level };
}
