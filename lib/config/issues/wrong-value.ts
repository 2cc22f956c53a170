import { show } from '../../protocol/show-value.js';
import type { CorsIssueCode } from './codes.js';
import type { IssueCollector } from './issue-collector.js';

/** Reports a value that an option cannot have, with what to write instead: `true or false`. */
export function reportValue(
  option: string,
  value: unknown,
  write: string,
  where: string,
  issues: IssueCollector,
  code: CorsIssueCode = 'invalid-option-type',
): void {
  issues.add(code, where, `\`${option}\` is ${show(value)}; write ${write}`, value);
}
