import { types } from 'node:util';
import type { IssueCollector } from '../issues/issue-collector.js';
import { show } from '../../protocol/show-value.js';
import { OriginsReading, type ReadOrigins } from './read-origins.js';

/** The `credentials` option where it lists origins; every element that cannot be right becomes an issue. */
export function readCredentials(
  value: unknown,
  where: string,
  issues: IssueCollector,
): ReadOrigins | undefined {
  if (!Array.isArray(value)) return undefined;
  if (value.length === 0) {
    const message = '`credentials` lists nobody; write false, or the origins that may send them';
    issues.add('missing-origin', where, message, value);
    return undefined;
  }
  const reading = new OriginsReading(where, issues, 0);
  for (const [index, element] of value.entries()) {
    const place = `${where}[${index}]`;
    if (element === '*') {
      const message =
        "everyone would send credentials, and show every site the user's data; name the origins that may";
      issues.add('wildcard-with-credentials', place, message, element);
    } else if (typeof element === 'string' || types.isRegExp(element)) reading.read(element, place);
    else issues.add('invalid-origin-type', place, noOrigin(element), element);
  }
  return reading.result();
}

function noOrigin(element: unknown): string {
  const what = typeof element === 'function' ? 'a predicate' : show(element);
  return `${what} cannot be listed; \`credentials\` takes true, false, or a list of exact origins, patterns and RegExps`;
}
