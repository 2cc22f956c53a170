import type { IssueCollector } from '../issues/issue-collector.js';
import { reportValue } from '../issues/wrong-value.js';
import { suggestName } from '../issues/nearest-name.js';
import type { CompiledPolicy } from '../../protocol/compiled-policy.js';
import { show } from '../../protocol/show-value.js';

/** Policies that extend policies; more is a mistake, and would end in a stack overflow. */
export const MAX_DEPTH = 50;
const MOST_SHOWN = 10;

/** Words that stand for a policy elsewhere, and where. */
const RESERVED: ReadonlyMap<string, string> = new Map([
  ['self', "'self' is the policy that a `reportOnly` stands in; name a policy here"],
  ['paths', "@CorsPolicy('paths') stands on controllers and handlers only; name a policy here"],
  [
    'passthrough',
    "'passthrough' stands in `paths` and on controllers and handlers only; name a policy here",
  ],
]);

export function reportUnknownPolicy(
  name: string,
  where: string,
  known: readonly string[],
  issues: IssueCollector,
): void {
  const reserved = RESERVED.get(name);
  const advice = reserved ?? suggestName(name, known);
  const message = `no policy is named ${show(name)} in \`policies\`: ${advice}`;
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
  reportValue('extends', value, "a policy name or 'parent'", `${where}.extends`, issues);
}

export function reportNoCors(name: string, where: string, issues: IssueCollector): void {
  const message = `${show(name)} allows no origin, there is nothing to start from; write the options here`;
  issues.add('extends-no-cors', `${where}.extends`, message, name);
}

export function reportNoParent(
  parent: CompiledPolicy | undefined,
  where: string,
  issues: IssueCollector,
): void {
  const reason =
    parent === undefined
      ? 'nothing above it has a policy'
      : parent.kind === 'none'
        ? 'its parent is without CORS'
        : `its parent is '${parent.kind}', which has no options`;
  const message = `\`extends: 'parent'\`, but ${reason}; extend a named policy or write the options here`;
  issues.add('no-parent-policy', `${where}.extends`, message, 'parent');
}
