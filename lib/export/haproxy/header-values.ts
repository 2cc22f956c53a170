import type { EdgeValue } from '../edge/edge-headers.js';
import { HAS_STAR, NAMES_ONLY } from '../edge/exposed-headers.js';
import { expressionKey, type MapRow } from './map-file.js';
import type { Section } from './section.js';

/** Stands in front of the names of rules: no value of a header has it. */
export const MARK = '§';
/** Where the policy decides and there is no such header. */
export const NOTHING = `${MARK}none`;

/** Rules that set a header where the value is of a kind. */
type Dynamic = (set: string, isKind: string, own: string) => readonly string[];

/** Values that are made from the request, or from the upstream's answer. */
export const DYNAMIC: Readonly<Record<string, Dynamic>> = {
  '§origin': (set, isKind) => [`${set} %[var(txn.cors_origin)] if ${isKind}`],
  '§methods': (set, isKind) => [`${set} %[var(txn.cors_listed)] if ${isKind}`],
  '§requested': (set, isKind) => [
    `${set} %[var(txn.cors_requested)] if ${isKind} { var(txn.cors_requested) -m len 1:16384 }`,
  ],
  '§list': (set, isKind, own) => [
    `${set} %[${own}] if ${isKind} { var(txn.cors_requested) -m len 1:16384 } { ${own} -m found }`,
  ],
  '§exposed': exposedRules,
  '§exposed-credentials': exposedRules,
};

/** An upstream's list that is not one of header names is dropped; with credentials `*` is a name that nobody means. */
function exposedRules(set: string, isKind: string, own: string): readonly string[] {
  const list = isKind.includes('credentials') ? NAMES_ALONE : NAMES;
  const isList = `{ var(txn.cors_exposed),map_reg(${list}) -m str yes }`;
  return [
    `${set} %[${own}] if ${isKind} { ${own} -m found }`,
    `${set} "%[${own}], %[var(txn.cors_exposed)]" if ${isKind} { ${own} -m found } ${isList}`,
    `${set} %[var(txn.cors_exposed)] if ${isKind} !{ ${own} -m found } ${isList}`,
  ];
}

const NAMES = 'cors-exposed-names.map';
const NAMES_ALONE = 'cors-exposed-names-alone.map';

/** The map files that they read. */
export function exposedFiles(): Section['files'] {
  const isList: MapRow = [expressionKey(NAMES_ONLY), 'yes'];
  const hasStar: MapRow = [expressionKey(HAS_STAR), 'no'];
  return { [NAMES]: [isList], [NAMES_ALONE]: [hasStar, isList] };
}

/** A value in a map file, or behind a mark the name of a rule. */
export function textOf(value: EdgeValue | undefined): string {
  if (value === undefined) return NOTHING;
  switch (value.kind) {
    case 'text':
      return value.text === '' ? NOTHING : value.text;
    case 'requested':
      return value.list === null ? '§requested' : '§list';
    case 'exposed':
      return value.credentials ? '§exposed-credentials' : '§exposed';
    default:
      return `§${value.kind}`;
  }
}

/** The part of such a value that the policy says. */
export function ownOf(value: EdgeValue): string {
  if (value.kind === 'requested') return value.list ?? '';
  return value.kind === 'exposed' ? value.own : '';
}
