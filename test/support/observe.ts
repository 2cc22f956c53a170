import type { RawHead } from './raw.js';

/** The values of every line of that name. */
export function values({ headers }: Pick<RawHead, 'headers'>, name: string): readonly string[] {
  return headers
    .filter(([given]) => given.toLowerCase() === name.toLowerCase())
    .map(([, value]) => value);
}

/** Every `Access-Control-*` line as `name: value`, names in lower case, sorted; duplicates kept. */
export function corsLines({ headers }: Pick<RawHead, 'headers'>): readonly string[] {
  return headers
    .filter(([name]) => /^access-control-/i.test(name))
    .map(([name, value]) => `${name.toLowerCase()}: ${value}`)
    .sort();
}

/** The members of `Vary` over all its lines, in lower case, sorted; duplicates kept. */
export function varyNames(head: Pick<RawHead, 'headers'>): readonly string[] {
  return values(head, 'vary')
    .flatMap((value) => value.split(','))
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '')
    .sort();
}
