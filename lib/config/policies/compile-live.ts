import type { CompiledPolicy } from '../../protocol/compiled-policy.js';
import { placeIn } from '../../protocol/show-value.js';
import type { CorsConfigurationIssue } from '../issues/configuration-error.js';
import { IssueCollector } from '../issues/issue-collector.js';
import type { Surroundings } from '../origins/check-origins.js';
import type { ReadOrigins } from '../origins/read-origins.js';
import { checkOptions } from './check-options.js';
import { judgePolicy, type ResolvedPolicy } from './judge-policy.js';
import { placedAt } from './policy-origins.js';
import { warnOfRemembered, type LiveShape } from './live-shape.js';
import { trying } from './trial.js';

/** The part of a state about one live policy: its list, read, and the options that it changes. */
export interface LiveValues {
  readonly origins: ReadOrigins;
  readonly options: Readonly<Record<string, unknown>>;
}

/**
 * Compiles the live policies, and those that extend them, with the lists of a source: as start-up would have, had the lists
 * stood in the code.
 *
 * @param shapes each after those that it extends, with the form that start-up compiled
 * @param values by name of the live policy; every one of them
 */
export function compileLive(
  shapes: ReadonlyMap<LiveShape, CompiledPolicy>,
  values: ReadonlyMap<string, LiveValues>,
  surroundings: Surroundings,
  issues: IssueCollector,
): ReadonlyMap<object, CompiledPolicy> {
  const resolved = new Map<object, ResolvedPolicy>();
  const tried = new Set([...shapes.values()].map(({ reportOnly }) => reportOnly?.live));
  for (const shape of shapes.keys()) {
    const found = tried.has(shape) ? new IssueCollector() : issues;
    const policy = compileOne(shape, values.get(shape.name), resolved, surroundings, found);
    if (policy !== undefined) resolved.set(shape, policy);
    if (found !== issues) warnOf(found.errors, issues);
  }
  return withTrials(shapes, resolved);
}

/** A list that the policy takes is not refused for what is only tried; it is then not tried with that list. */
function warnOf(errors: readonly CorsConfigurationIssue[], issues: IssueCollector): void {
  for (const { code, where, message, value } of errors)
    issues.addAsWarning(code, where, message, value);
}

function withTrials(
  shapes: ReadonlyMap<LiveShape, CompiledPolicy>,
  resolved: ReadonlyMap<object, ResolvedPolicy>,
): ReadonlyMap<object, CompiledPolicy> {
  const compiled = new Map<object, CompiledPolicy>();
  for (const [shape, { reportOnly }] of shapes) {
    const policy = resolved.get(shape)?.compiled;
    const isKnown = reportOnly?.live === undefined || resolved.has(reportOnly.live);
    if (policy !== undefined) compiled.set(shape, isKnown ? trying(policy, reportOnly) : policy);
  }
  return compiled;
}

function compileOne(
  shape: LiveShape,
  values: LiveValues | undefined,
  resolved: ReadonlyMap<object, ResolvedPolicy>,
  surroundings: Surroundings,
  issues: IssueCollector,
): ResolvedPolicy | undefined {
  const { written } = shape;
  const { credentialed } = written.read;
  const found = issues.errors.length;
  const extended = written.source['origin'] === undefined ? written.base?.live : undefined;
  if (extended === undefined) {
    if (values === undefined) return undefined;
    checkOptions(values.options, placeIn('live', shape.name), issues);
    const source = { ...written.source, ...values.options };
    const read = { origins: values.origins, credentialed };
    const listed = ['origin', ...Object.keys(values.options)];
    const given = { ...written, source, read, listed };
    const judged = judgePolicy(given, surroundings, issues, found, shape);
    if (judged !== undefined && values.options['maxAge'] !== undefined)
      warnOfRemembered(judged.options, placeIn('live', shape.name), issues);
    return judged;
  }
  const base = resolved.get(extended);
  if (base === undefined) return undefined;
  const read = { origins: placedAt(base.origins, written.where), credentialed };
  return judgePolicy({ ...written, base, read }, surroundings, issues, found, shape);
}
