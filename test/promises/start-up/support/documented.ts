import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Level = 'error' | 'danger' | 'warning';

const LEVELS: Readonly<Record<string, Level>> = {
  Errors: 'error',
  Dangers: 'danger',
  Warnings: 'warning',
};

/** A section of `docs/errors.md`. */
export interface Documented {
  readonly code: string;
  readonly level: Level;
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

/** What stands in front of a code where one is reported or named. */
const IN_FRONT = [
  /\.(?:error|danger|warn)\(\s*/,
  /\b(?:code|fault): /,
  /(?:CODE|RISK) = /,
  /\bcode = [^;]*? \? /,
  /\bcode = [^;]*? : /,
  /\binteger\(\s*/,
  /\bproblem\(\s*\w+,\s*/,
  /\brefuse\(\s*problem\(\s*\w+,\s*/,
  /\breturn \[\s*/,
  /\blinkTo\(/,
];
const CODE = /'([a-z]+(?:-[a-z]+)+)'/;

/** Every code that the library can report, read from its sources. */
export function codesInSources(): ReadonlySet<string> {
  const sources = readdirSync('lib', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/^(?:testing|protocol)\b/.test(file))
    .map((file) => readFileSync(join('lib', file), 'utf8'));
  const codes = new Set<string>();
  for (const front of IN_FRONT) {
    const pattern = new RegExp(front.source + CODE.source, 'g');
    for (const source of sources)
      for (const [, code = ''] of source.matchAll(pattern)) codes.add(code);
  }
  return codes;
}
