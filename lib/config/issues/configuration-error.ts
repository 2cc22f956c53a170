import type { CorsIssueCode } from './codes.js';

/** One mistake in the configuration. */
export interface CorsConfigurationIssue {
  /** Stable kebab-case code, documented in `docs/errors.md`. */
  readonly code: CorsIssueCode;
  /** The place, such as `OrdersController.update` or `policies.partners.origin[1]`. */
  readonly where: string;
  /** The offending value, as given. */
  readonly value?: unknown;
  /** The mistake, its consequence, and what to write instead. */
  readonly message: string;
}

/** The outcome of a check that starts no application. */
export interface CorsValidation {
  /** Mistakes that would keep the application from starting. */
  readonly errors: readonly CorsConfigurationIssue[];
  /** Warnings that would be logged, one line each. */
  readonly warnings: readonly CorsConfigurationIssue[];
}

const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/**
 * Thrown at start-up with every mistake that was found, never one at a time.
 *
 * @publicApi
 */
export class CorsConfigurationError extends Error {
  /** All mistakes, in the order of their places. */
  readonly issues: readonly CorsConfigurationIssue[];

  constructor(issues: readonly CorsConfigurationIssue[]) {
    super(describe(issues));
    this.name = 'CorsConfigurationError';
    this.issues = Object.freeze([...issues]);
  }

  /** @internal Loggers print an error with its properties, and each issue stands in the message already. */
  [INSPECT](): string {
    return this.stack ?? this.message;
  }
}

/** More than a terminal shows at once; all of them are in {@link CorsConfigurationError.issues}. */
const MOST_PRINTED = 100;

/** Where a code is explained: a path from the application's folder, which terminals open. */
export function linkTo(code: CorsIssueCode): string {
  return `node_modules/nestjs-cors/docs/errors.md#${code}`;
}

/** An issue as one line of a log. */
export function oneLine({ where, ...issue }: CorsConfigurationIssue): string {
  return `${where}: ${linked(issue)}`;
}

function linked({ message, code }: Pick<CorsConfigurationIssue, 'message' | 'code'>): string {
  return `${message} (${linkTo(code)})`;
}

function describe(issues: readonly CorsConfigurationIssue[]): string {
  const places = new Map<string, string[]>();
  for (const issue of issues.slice(0, MOST_PRINTED)) {
    const lines = places.get(issue.where) ?? [];
    lines.push(`    ${linked(issue)}`);
    places.set(issue.where, lines);
  }
  const count = issues.length === 1 ? '1 mistake' : `${issues.length} mistakes`;
  const body = [...places].map(([where, lines]) => [`  ${where}`, ...lines].join('\n'));
  const rest = issues.length - MOST_PRINTED;
  const more = rest > 0 ? [`  and ${rest} more, see \`issues\` of this error`] : [];
  return [`${count} in the CORS configuration`, ...body, ...more].join('\n');
}
