import { readFileSync } from 'node:fs';
import type { IssueLevel } from '../../../../lib/config/issues/codes.js';

const LEVELS: Readonly<Record<string, IssueLevel>> = {
  Errors: 'error',
  Dangers: 'danger',
  Warnings: 'warning',
};

/** A section of `docs/errors.md`. */
export interface Documented {
  readonly code: string;
  readonly level: IssueLevel;
  readonly text: string;
}

/** Headings that are codes, under the heading that is their level. */
export function documentedCodes(): readonly Documented[] {
  const [, ...chapters] = readFileSync('docs/errors.md', 'utf8').split(/^## /m);
  return chapters.flatMap((chapter) => {
    const [title = '', ...sections] = chapter.split(/^#{3,4} /m);
    const level = LEVELS[title.split('\n')[0] ?? ''];
    return sections.flatMap((section) => {
      const [code = '', text = ''] = section.split(/\n(.*)/s);
      return level !== undefined && /^[a-z]+(?:-[a-z]+)+$/.test(code)
        ? [{ code, level, text }]
        : [];
    });
  });
}
