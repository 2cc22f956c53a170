import { types } from 'node:util';
import type { IssueCollector } from '../issues/issue-collector.js';
import { placeIn, showKey } from '../../protocol/show-value.js';
import type { OptionsKind } from './options-kind.js';

/** A proxy may go on for ever to name another prototype. */
const MOST_PROTOTYPES = 100;

/**
 * Reports options that reading an object leaves out: inherited ones, such as accessors of a class, and own ones that are
 * not enumerable. Calls no accessor.
 *
 * @example
 * ```ts
 * class Settings { get origin() { return 'https://app.example.com'; } } // new Settings() has no option of its own
 * ```
 */
export function reportOverlooked(
  options: object,
  where: string,
  kind: OptionsKind,
  issues: IssueCollector,
): void {
  const seen = new Set(Object.keys(options));
  const report = (holder: object, why: string): void => {
    for (const key of optionsOf(holder, kind)) {
      if (!seen.has(key)) add(key, where, why, issues);
      seen.add(key);
    }
  };
  report(options, 'is not enumerable');
  for (const prototype of prototypesOf(options)) report(prototype, 'is inherited from a prototype');
}

function add(key: string, where: string, why: string, issues: IssueCollector): void {
  const message = `${showKey(key)} ${why}, and only own, enumerable properties are read, so it would have no effect; write its value into the object itself, { ${showKey(key).replaceAll('`', '')}: … }`;
  issues.add('unreadable-options', placeIn(where, key), message);
}

/** The names of an object that would be options. Where any name is one, methods are none. */
function optionsOf(holder: object, { known }: OptionsKind): readonly string[] {
  return Object.getOwnPropertyNames(holder).filter((key) => {
    if (known !== undefined) return Object.hasOwn(known, key);
    const property = Object.getOwnPropertyDescriptor(holder, key);
    return property !== undefined && typeof property.value !== 'function';
  });
}

/** Without `Object.prototype`, this realm's or another's: what somebody put there was written in no options. */
function prototypesOf(options: object): readonly object[] {
  const prototypes: object[] = [];
  let current = Object.getPrototypeOf(options) as object | null;
  while (current !== null && prototypes.length < MOST_PROTOTYPES) {
    const next = Object.getPrototypeOf(current) as object | null;
    if (next === null && isObjectPrototype(current)) break;
    prototypes.push(current);
    current = next;
  }
  return prototypes;
}

function isObjectPrototype(candidate: object): boolean {
  return !types.isProxy(candidate) && Object.hasOwn(candidate, 'hasOwnProperty');
}
