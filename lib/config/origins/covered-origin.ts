import type { IssueCollector } from '../issues/issue-collector.js';
import { show } from '../../protocol/show-value.js';

/** An origin that another one covers misleads whoever removes that other one later. */
export function reportCovered(source: string, where: string, issues: IssueCollector): void {
  const message = `${show(source)} is covered by another entry of the list; remove one`;
  issues.add('redundant-origin', where, message, source);
}
