import type { CorsConfigurationIssue } from '../config/issues/configuration-error.js';
import type { CorsIssueCode } from '../config/issues/codes.js';
import { oneLine } from '../config/issues/configuration-error.js';

const NAME = 'CorsRefusal';

/** A state of the source was refused. The one that is held stays. */
export class Refusal extends Error {
  constructor(
    readonly issues: readonly CorsConfigurationIssue[],
    /** As far as it could be read. */
    readonly revision: number | undefined,
  ) {
    super(issues[0] === undefined ? 'refused' : oneLine(issues[0]));
    this.name = NAME;
  }

  /** By its name: a source may come from the other half of the package, whose class is another one. */
  static is(error: unknown): error is Refusal {
    return error instanceof Error && error.name === NAME;
  }

  static of(code: CorsIssueCode, where: string, message: string, revision?: number): Refusal {
    return new Refusal([{ code, where, message }], revision);
  }
}
