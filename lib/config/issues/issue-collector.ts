import type { ApplicationRisk, PolicyRisk } from './acceptable-risks.js';
import { CODES, type CorsIssueCode } from './codes.js';
import { CorsConfigurationError, type CorsConfigurationIssue } from './configuration-error.js';

/** The offending value of a danger, and the risks that were accepted where it stands. */
interface Danger {
  readonly value?: unknown;
  readonly accepted: readonly string[];
}

/** Gathers mistakes and warnings while options are read, so that all of them can be reported at once. */
export class IssueCollector {
  readonly errors: CorsConfigurationIssue[] = [];
  readonly warnings: CorsConfigurationIssue[] = [];

  /** An issue at the level of its code. A danger that is added here is one that cannot be accepted where it stands. */
  add(code: CorsIssueCode, where: string, message: string, value?: unknown): void {
    const issues = CODES[code].level === 'warning' ? this.warnings : this.errors;
    issues.push({ code, where, message, value });
  }

  /** A danger: an error, unless its code is among the risks accepted by name. */
  addUnlessAccepted(
    code: PolicyRisk | ApplicationRisk,
    where: string,
    message: string,
    { value, accepted }: Danger,
  ): void {
    if (accepted.includes(code)) return;
    this.add(code, where, `${message}; or accept it with \`dangerouslyAllow: ['${code}']\``, value);
  }

  /** A danger where there are no `credentials` to misuse: one log line. */
  addAsWarning(code: CorsIssueCode, where: string, message: string, value?: unknown): void {
    this.warnings.push({ code, where, message, value });
  }

  /** @throws CorsConfigurationError when any mistake was found. */
  throwIfAny(): void {
    if (this.errors.length > 0) throw new CorsConfigurationError(this.errors);
  }
}
