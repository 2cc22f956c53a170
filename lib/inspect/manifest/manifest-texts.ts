import type { CorsManifestRegExp } from './manifest.js';

/** A text or a regular expression as it is written in code. */
export function textOf(value: string | CorsManifestRegExp): string {
  return typeof value === 'string' ? value : `/${value.regexp}/${value.flags}`;
}
