import type { IssueCollector } from '../issues/issue-collector.js';
import { suggestName } from '../issues/nearest-name.js';
import { show } from '../../protocol/show-value.js';

/** Policies that extend policies; more is a mistake, and would end in a stack overflow. */
export const MAX_DEPTH = 50;
const MOST_SHOWN = 10;

export function reportUnknownPolicy(
  name: string,
  where: string,
  known: readonly string[],
  issues: IssueCollector,
): void {
  const message = `no policy is named ${show(name)} in \`policies\`: ${suggestName(name, known)}`;
  issues.add('unknown-policy', where, message, name);
}

export function reportChain(
  names: readonly string[],
  circle: boolean,
  where: string,
  issues: IssueCollector,
): void {
  const what = circle ? 'goes in a circle' : `goes on for more than ${MAX_DEPTH} policies`;
  const chain = names.slice(-MOST_SHOWN).map(show).join(' → ');
  const message = `\`extends\` ${what}: ${chain}; let one of them stand alone`;
  issues.add('extends-cycle', where, message, names.at(-1));
}

export function reportExtends(value: unknown, where: string, issues: IssueCollector): void {
  const message = `\`extends\` is ${show(value)}; write a policy name or 'parent'`;
  issues.add('invalid-option-type', `${where}.extends`, message, value);
}

export function reportNoCors(name: string, where: string, issues: IssueCollector): void {
  const message = `${show(name)} allows no origin, there is nothing to start from; write the options here`;
  issues.add('extends-no-cors', `${where}.extends`, message, name);
}

export function reportNoParent(hasParent: boolean, where: string, issues: IssueCollector): void {
  const reason = hasParent ? 'its parent is without CORS' : 'nothing above it has a policy';
  const message = `\`extends: 'parent'\`, but ${reason}; extend a named policy or write the options here`;
  issues.add('no-parent-policy', `${where}.extends`, message, 'parent');
}
