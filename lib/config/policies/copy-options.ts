import { types } from 'node:util';
import type { IssueCollector } from '../issues/issue-collector.js';
import { placeIn, show } from '../../protocol/show-value.js';
import type { OptionsKind } from './options-kind.js';
import { reportOverlooked } from './overlooked-options.js';

/** More entries than a list that someone wrote can have; what has more belongs into a predicate. */
export const MAX_LIST_LENGTH = 1_000_000;

class ListTooLong extends Error {
  constructor(readonly key: string) {
    super();
  }
}

/**
 * The own values of an options object, each read once, lists and regular expressions copied: what is checked is what is
 * compiled, whatever getters and proxies answer next, and whatever is changed later. No prototype, so that nothing that
 * was not written there is found there.
 *
 * @returns `undefined` where there is no object or reading it fails; that is reported
 */
export function readOptions(
  value: unknown,
  where: string,
  kind: OptionsKind,
  issues: IssueCollector,
): Record<string, unknown> | undefined {
  if (!isOptionsObject(value)) {
    issues.add('invalid-options', where, notAnObject(value, kind), value);
    return undefined;
  }
  try {
    const copy = copyOf(value);
    reportOverlooked(value, where, kind, issues);
    return copy;
  } catch (error) {
    reportUnreadable(error, where, issues);
    return undefined;
  }
}

function notAnObject(value: unknown, { example }: OptionsKind): string {
  if (typeof value !== 'function') return `${show(value)} is no options object; write ${example}`;
  return `${show(value)} is a function, as a \`CorsOptionsDelegate\` of other CORS packages; here it would never be called. Options are read once, at start-up: write ${example}, put other policies on routes by @CorsPolicy(), and decide about single requests in a predicate, \`origin: (origin, request) => …\``;
}

/** Reads of options, or of what stands in them, that have thrown. */
export function reportUnreadable(error: unknown, where: string, issues: IssueCollector): void {
  if (error instanceof ListTooLong) {
    const message = `the list has more than ${MAX_LIST_LENGTH} entries; decide in a predicate, \`origin: (origin) => known.has(origin)\``;
    issues.add('list-too-long', placeIn(where, error.key), message);
    return;
  }
  const message = `reading the options failed with ${show(error)}; write an object of plain values`;
  issues.add('unreadable-options', where, message);
}

/** None of the questions asked here runs code of the value. */
function isOptionsObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const other =
    types.isMap(value) || types.isSet(value) || types.isPromise(value) || types.isDate(value);
  return !other && !types.isRegExp(value) && !isList(value);
}

function isList(value: unknown): boolean {
  try {
    return Array.isArray(value);
  } catch {
    return false; // a revoked proxy; reading it fails and says so
  }
}

function copyOf(options: object): Record<string, unknown> {
  const copy = Object.create(null) as Record<string, unknown>;
  for (const key of Object.keys(options)) {
    const value: unknown = options[key as keyof typeof options];
    copy[key] = Array.isArray(value) ? elementsOf(value, key) : stateless(value);
  }
  return copy;
}

/** Holes become `undefined`, which is no element of any list. */
function elementsOf(list: readonly unknown[], key: string): readonly unknown[] {
  const { length } = list;
  if (!(length <= MAX_LIST_LENGTH)) throw new ListTooLong(key);
  return Array.from({ length }, (_, index) => stateless(list[index]));
}

/** A RegExp by what it matches, without what was put on the object. */
function stateless(value: unknown): unknown {
  return types.isRegExp(value) ? new RegExp(value) : value;
}
