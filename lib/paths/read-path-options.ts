import {
  NO_CORS_POLICY,
  PASSTHROUGH_POLICY,
  type CompiledPolicy,
} from '../protocol/compiled-policy.js';
import type { IssueCollector } from '../config/issues/issue-collector.js';
import { reportValue } from '../config/issues/wrong-value.js';
import { methodProblem } from '../config/policies/method-name.js';
import type { PolicyRegistry } from '../config/policies/policy-registry.js';
import { show } from '../protocol/show-value.js';
import { toList } from '../protocol/token.js';
import type { PathEntry } from './path-entry.js';

/** The policy of a `paths` entry; `undefined` where it cannot be read. */
export function readPolicy(
  value: unknown,
  where: string,
  registry: PolicyRegistry,
  issues: IssueCollector,
): CompiledPolicy | undefined {
  if (value === false) return NO_CORS_POLICY;
  if (value === 'passthrough') return PASSTHROUGH_POLICY;
  if (value === undefined) {
    issues.add(
      'missing-policy',
      where,
      "a path needs a policy: a name, options, false or 'passthrough'",
    );
    return undefined;
  }
  return registry.resolve(value, where)?.compiled;
}

/** Where there is no policy of ours, nothing is exposed beside the upstream's own. */
export function readKeep(
  value: unknown,
  where: string,
  policy: CompiledPolicy | undefined,
  issues: IssueCollector,
): boolean {
  if (value === undefined || value === false) return false;
  const place = `${where}.keepExposedHeaders`;
  if (value !== true) {
    reportValue('keepExposedHeaders', value, 'true or false', place, issues);
  } else if (policy !== undefined && policy.kind !== 'cors') {
    const message = `\`keepExposedHeaders\` has no effect beside ${policy.kind === 'passthrough' ? "'passthrough', which keeps everything" : 'a policy that allows nobody'}; remove it`;
    issues.add('option-without-effect', place, message, value);
  }
  return value === true;
}

/** The methods of an entry; `undefined` is any. */
export function readMethods(
  value: unknown,
  where: string,
  issues: IssueCollector,
): readonly string[] | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string' && !Array.isArray(value)) {
    reportValue('methods', value, 'an array of strings', where, issues);
    return undefined;
  }
  const methods = toList(value);
  if (methods.length === 0) {
    const message = '`methods` is empty, so the entry covers nothing; leave it out for any method';
    issues.add('option-without-effect', where, message, value);
  }
  return methods.filter((method) => {
    const problem = methodProblem(method);
    if (problem !== undefined) issues.add(problem.code, where, problem.message, method);
    return problem === undefined;
  });
}

/** Names between single slashes, without patterns, encoding, parameters and dot segments. */
const AS_SERVED = /^\/(?:(?!\.{1,2}(?:\/|$))[^\0-\x20*:{}()?#%\\;\x7f-\uffff/]+(?:\/|$))*$/;

/** The path of a pattern, and whether it covers everything below. */
export function readPath(
  path: unknown,
  where: string,
  issues: IssueCollector,
): Pick<PathEntry, 'path' | 'prefix'> | undefined {
  if (typeof path !== 'string') {
    issues.add(
      'invalid-path',
      where,
      `${show(path)} is no path; write '/webhooks' or '/billing/*rest'`,
      path,
    );
    return undefined;
  }
  const wildcard = /\/\*\w*$/.exec(path);
  const fixed = wildcard === null ? path : path.slice(0, wildcard.index) || '/';
  if (AS_SERVED.test(fixed)) return { path: fixed, prefix: wildcard !== null };
  issues.add(
    'invalid-path',
    where,
    `${show(path)} cannot be matched: a path starts with a slash, is written as it is served (no encoding, no dots, no doubled slashes) and may end in /*rest, nothing else`,
    path,
  );
  return undefined;
}
