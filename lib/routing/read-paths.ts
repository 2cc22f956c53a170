import {
  NO_CORS_POLICY,
  PASSTHROUGH_POLICY,
  type CompiledPolicy,
} from '../policy/compiled-policy.js';
import type { IssueCollector } from '../policy/issue-collector.js';
import { methodProblem } from '../policy/method-name.js';
import { checkKeys, isOptionsObject } from '../policy/policy-keys.js';
import type { PolicyRegistry } from '../policy/policy-registry.js';
import { show } from '../policy/show-value.js';
import { toList } from '../policy/token.js';
import type { PathEntry } from './path-policies.js';
import { canonicalPath } from './request-path.js';

const ENTRY_KEYS = { path: true, methods: true, policy: true } as const;

/** Reads the `paths` option; every mistake becomes an issue. */
export function readPaths(
  paths: unknown,
  registry: PolicyRegistry,
  issues: IssueCollector,
): readonly PathEntry[] {
  if (paths === undefined) return [];
  if (!Array.isArray(paths)) {
    issues.error(
      'invalid-option-type',
      'paths',
      `\`paths\` is ${show(paths)}; write an array of { path, policy }`,
      paths,
    );
    return [];
  }
  const entries = paths.flatMap((entry: unknown, index) =>
    readEntry(entry, `paths[${index}]`, registry, issues),
  );
  reportTies(entries, issues);
  return entries;
}

function readEntry(
  entry: unknown,
  where: string,
  registry: PolicyRegistry,
  issues: IssueCollector,
): readonly PathEntry[] {
  if (!isOptionsObject(entry, where, issues)) return [];
  checkKeys(Object.keys(entry), ENTRY_KEYS, where, issues);
  const methods = readMethods(entry['methods'], `${where}.methods`, issues);
  const policy = readPolicy(entry['policy'], `${where}.policy`, registry, issues);
  const paths: unknown[] = Array.isArray(entry['path']) ? entry['path'] : [entry['path']];
  return paths.flatMap((path) => {
    const read = readPath(path, `${where}.path`, issues);
    return read === undefined || policy === undefined ? [] : [{ ...read, methods, policy, where }];
  });
}

function readPolicy(
  value: unknown,
  where: string,
  registry: PolicyRegistry,
  issues: IssueCollector,
): CompiledPolicy | undefined {
  if (value === false) return NO_CORS_POLICY;
  if (value === 'passthrough') return PASSTHROUGH_POLICY;
  if (value === undefined) {
    issues.error(
      'missing-policy',
      where,
      "a path needs a policy: a name, options, false or 'passthrough'",
    );
    return undefined;
  }
  return registry.resolve(value, where)?.compiled;
}

function readMethods(
  value: unknown,
  where: string,
  issues: IssueCollector,
): readonly string[] | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string' && !Array.isArray(value)) {
    issues.error(
      'invalid-option-type',
      where,
      `\`methods\` is ${show(value)}; write an array of strings`,
      value,
    );
    return undefined;
  }
  const methods = toList(value);
  for (const method of methods) {
    const problem = methodProblem(method);
    if (problem !== undefined) issues.error(problem.code, where, problem.message, method);
  }
  return methods;
}

function readPath(
  path: unknown,
  where: string,
  issues: IssueCollector,
): Pick<PathEntry, 'path' | 'prefix'> | undefined {
  if (typeof path !== 'string') {
    issues.error(
      'invalid-path',
      where,
      `${show(path)} is no path; write '/webhooks' or '/billing/*rest'`,
      path,
    );
    return undefined;
  }
  const wildcard = /\/\*\w*$/.exec(path);
  const fixed = wildcard === null ? path : path.slice(0, wildcard.index) || '/';
  if (
    /^\/[\x21-\x7e]*$/.test(fixed) &&
    !/[*:{}()?#%]/.test(fixed) &&
    canonicalPath(fixed) === fixed
  ) {
    return { path: fixed, prefix: wildcard !== null };
  }
  issues.error(
    'invalid-path',
    where,
    `${show(path)} cannot be matched: a path starts with a slash, is written as it is served (no encoding, no dots, no doubled slashes) and may end in /*rest, nothing else`,
    path,
  );
  return undefined;
}

/** Two entries that would decide about the same request. */
function reportTies(entries: readonly PathEntry[], issues: IssueCollector): void {
  const seen = new Map<string, PathEntry>();
  for (const entry of entries) {
    for (const method of entry.methods ?? ['']) {
      const key = `${entry.prefix} ${method} ${entry.path.replace(/\/$/, '')}`;
      const other = seen.get(key);
      if (other !== undefined && other.policy.id !== entry.policy.id) {
        issues.error(
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
