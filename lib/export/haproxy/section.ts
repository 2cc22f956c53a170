import type { MapRow } from './map-file.js';

/** Rules of the frontend in order, and the map files that they read. */
export interface Section {
  readonly rules: readonly string[];
  readonly files: Readonly<Record<string, readonly MapRow[]>>;
}

/** One section after another. */
export function joined(sections: readonly Section[]): Section {
  return {
    rules: sections.flatMap(({ rules }) => rules),
    files: Object.fromEntries(sections.flatMap(({ files }) => Object.entries(files))),
  };
}
