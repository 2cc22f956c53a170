import type { CorsIssueCode } from './codes.js';
import { CorsConfigurationError, type CorsConfigurationIssue } from './configuration-error.js';

/** Gathers mistakes and warnings while options are read, so that all of them can be reported at once. */
export class IssueCollector {
  readonly errors: CorsConfigurationIssue[] = [];
  readonly warnings: CorsConfigurationIssue[] = [];

  error(code: CorsIssueCode, where: string, message: string, value?: unknown): void {
    this.errors.push({ code, where, message, value });
  }

  /** An error, unless its code is among the risks accepted by name. */
  danger(
    code: CorsIssueCode,
    where: string,
    message: string,
    accepted: readonly string[],
    value?: unknown,
  ): void {
    if (accepted.includes(code)) return;
    this.error(
      code,
      where,
      `${message}; or accept it with \`dangerouslyAllow: ['${code}']\``,
      value,
    );
  }

  warn(code: CorsIssueCode, where: string, message: string, value?: unknown): void {
    this.warnings.push({ code, where, message, value });
  }

  /** @throws CorsConfigurationError when any mistake was found. */
  throwIfAny(): void {
    if (this.errors.length > 0) throw new CorsConfigurationError(this.errors);
  }
}
