import type { IssueCollector } from '../issues/issue-collector.js';
import type { CorsPolicyOptions } from './policy-options.js';
import type { ReadOrigins } from '../origins/read-origins.js';
import { toList } from '../../protocol/token.js';

/** Checks what only shows once a policy is merged: options that are fine alone and wrong together. */
export function checkCombinations(
  options: CorsPolicyOptions,
  origins: ReadOrigins,
  where: string,
  issues: IssueCollector,
): void {
  if (options.credentials !== true) return;
  if (origins.any) {
    issues.add(
      'wildcard-with-credentials',
      where,
      "browsers refuse `'*'` for requests with credentials, and reflecting every origin instead would show every site the user's data; name the origins or drop `credentials`",
      options.origin,
    );
  }
  if (lists(options.allowedHeaders).includes('*')) {
    issues.add(
      'any-header-with-credentials',
      where,
      'with credentials every header that a preflight asks for is allowed, `Authorization` among them; list those that scripts need',
      options.allowedHeaders,
    );
  }
  if (lists(options.exposedHeaders).includes('*')) {
    issues.add(
      'exposed-wildcard-with-credentials',
      where,
      "with credentials browsers take `exposedHeaders: '*'` for a header named *; list the headers",
      options.exposedHeaders,
    );
  }
}

function lists(value: unknown): readonly string[] {
  return typeof value === 'string' || Array.isArray(value)
    ? toList(value as string | string[])
    : [];
}
