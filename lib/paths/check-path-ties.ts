import type { IssueCollector } from '../config/issues/issue-collector.js';
import { show } from '../protocol/show-value.js';
import { alike, selectionOf, type PathEntry } from './path-entry.js';

/** Reports two entries that would decide about the same request, on a platform that compares paths with regard to case or not. */
export function reportTies(
  entries: readonly PathEntry[],
  issues: IssueCollector,
  caseSensitive = true,
): void {
  const seen = new Map<string, PathEntry>();
  for (const entry of entries) {
    const path = caseSensitive ? entry.path : entry.path.toLowerCase();
    for (const method of entry.methods ?? ['']) {
      const key = `${entry.prefix} ${method} ${path.replace(/\/$/, '')}`;
      const other = seen.get(key);
      if (other !== undefined && !alike(selectionOf(entry), selectionOf(other))) {
        issues.add(
          'ambiguous-path',
          entry.where,
          `${show(entry.path)} stands in ${other.where} too, with another policy; keep one`,
          entry.path,
        );
      }
      seen.set(key, other ?? entry);
    }
  }
}
