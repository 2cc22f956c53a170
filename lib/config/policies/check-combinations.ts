import type { IssueCollector } from '../issues/issue-collector.js';
import type { MergedOptions } from './merge-options.js';
import type { ReadOrigins } from '../origins/read-origins.js';

/** Checks what only shows once a policy is merged: options that are fine alone and wrong together. */
export function checkCombinations(
  options: MergedOptions,
  origins: ReadOrigins,
  where: string,
  issues: IssueCollector,
): void {
  const { credentials = false } = options;
  if (credentials === false) return;
  if (origins.any && credentials === true) {
    issues.add(
      'wildcard-with-credentials',
      where,
      "browsers refuse `'*'` for requests with credentials, and reflecting every origin instead would show every site the user's data; drop `credentials`, or list the origins that may send them: `credentials: ['https://app.example.com']`",
      options.origin,
    );
  }
  if (options.allowedHeaders?.includes('*')) {
    issues.add(
      'any-header-with-credentials',
      where,
      'with credentials every header that a preflight asks for is allowed, `Authorization` among them; list those that scripts need',
      options.allowedHeaders,
    );
  }
  checkExposed(options, where, issues);
}

/** Beside a list, `'*'` is for those who are not on it; the others need names. */
function checkExposed(
  { credentials, exposedHeaders = [] }: MergedOptions,
  where: string,
  issues: IssueCollector,
): void {
  if (!exposedHeaders.includes('*')) return;
  if (credentials !== true && exposedHeaders.some((name) => name !== '*')) return;
  const fix =
    credentials === true
      ? 'list the headers'
      : "list beside '*' those that the origins with credentials read";
  issues.add(
    'exposed-wildcard-with-credentials',
    where,
    `with credentials browsers take \`exposedHeaders: '*'\` for a header named *; ${fix}`,
    exposedHeaders,
  );
}
