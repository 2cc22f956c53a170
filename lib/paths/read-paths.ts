import type { IssueCollector } from '../config/issues/issue-collector.js';
import { reportValue } from '../config/issues/wrong-value.js';
import { readOptions } from '../config/policies/copy-options.js';
import type { OptionsKind } from '../config/policies/options-kind.js';
import { checkKeys } from '../config/policies/policy-keys.js';
import type { PolicyRegistry } from '../config/policies/policy-registry.js';
import type { PathEntry } from './path-entry.js';
import { reportTies } from './check-path-ties.js';
import { readKeep, readMethods, readPath, readPolicy } from './read-path-options.js';

const ENTRY_KEYS = { path: true, methods: true, policy: true, keepExposedHeaders: true } as const;
const ENTRY_KIND: OptionsKind = {
  example: "{ path: '/billing/*rest', policy: { origin: 'https://app.example.com' } }",
  known: ENTRY_KEYS,
};

/** Reads the `paths` option; every mistake becomes an issue. */
export function readPaths(
  paths: unknown,
  registry: PolicyRegistry,
  issues: IssueCollector,
): readonly PathEntry[] {
  if (paths === undefined) return [];
  if (!Array.isArray(paths)) {
    reportValue('paths', paths, 'an array of { path, policy }', 'paths', issues);
    return [];
  }
  const entries = paths.flatMap((entry: unknown, index) =>
    readEntry(entry, `paths[${index}]`, registry, issues),
  );
  reportTies(entries, issues);
  return entries;
}

function readEntry(
  value: unknown,
  where: string,
  registry: PolicyRegistry,
  issues: IssueCollector,
): readonly PathEntry[] {
  const entry = readOptions(value, where, ENTRY_KIND, issues);
  if (entry === undefined) return [];
  checkKeys(Object.keys(entry), ENTRY_KEYS, where, issues);
  const methods = readMethods(entry['methods'], `${where}.methods`, issues);
  const policy = readPolicy(entry['policy'], `${where}.policy`, registry, issues);
  const keepExposedHeaders = readKeep(entry['keepExposedHeaders'], where, policy, issues);
  return placedPaths(entry['path'], `${where}.path`).flatMap(([path, place]) => {
    const read = readPath(path, place, issues);
    if (read === undefined || policy === undefined) return [];
    return [{ ...read, methods, policy, keepExposedHeaders, where }];
  });
}

/** An empty list is as wrong as none. */
function placedPaths(path: unknown, where: string): readonly [path: unknown, where: string][] {
  if (!Array.isArray(path) || path.length === 0) return [[path, where]];
  return path.map((element: unknown, index) => [element, `${where}[${index}]`]);
}
