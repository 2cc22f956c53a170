/**
 * - `refused`: it cannot be said at all; nothing is exported.
 * - `wider`: somebody would be permitted more; exported only where the code is accepted.
 * - `stricter`: somebody is permitted less.
 * - `different`: the answer is another one, and permits neither more nor less.
 *
 * @publicApi
 */
export type CorsExportEffect = 'refused' | 'wider' | 'stricter' | 'different';

/**
 * Something that an engine cannot say as the application does.
 *
 * @publicApi
 */
export interface CorsExportLoss {
  /** Stable, to be accepted by: `'predicate'`, `'host-bound'`. */
  readonly code: string;
  /** `policies.partners`, `GET /orders/:id (OrdersController.read)`. */
  readonly where: string;
  readonly message: string;
  readonly effect: CorsExportEffect;
}

/**
 * Something would be refused, or wider without being accepted: nothing is exported.
 *
 * @publicApi
 */
export class CorsExportError extends Error {
  override readonly name = 'CorsExportError';

  constructor(
    /** All of them, those that stand in the way first. */
    readonly losses: readonly CorsExportLoss[],
  ) {
    super(['The CORS of this application cannot be exported:', ...losses.map(lineOf)].join('\n  '));
  }
}

function lineOf({ code, where, message, effect }: CorsExportLoss): string {
  return `${where}: ${message} (${code}, ${effect})`;
}

/** The losses of an export while it is made. */
export class Losses {
  private readonly found = new Map<string, CorsExportLoss>();

  add(effect: CorsExportEffect, code: string, where: string, message: string): void {
    this.found.set(`${code} ${where}`, { code, where, message, effect });
  }

  /** @throws CorsExportError unless everything can be said, or what is wider is accepted by name */
  settle(accepted: readonly string[]): readonly CorsExportLoss[] {
    const all = [...this.found.values()];
    const isBarred = ({ effect, code }: CorsExportLoss): boolean =>
      effect === 'refused' || (effect === 'wider' && !accepted.includes(code));
    const barred = all.filter(isBarred);
    if (barred.length === 0) return all;
    throw new CorsExportError([...barred, ...all.filter((loss) => !isBarred(loss))]);
  }
}
