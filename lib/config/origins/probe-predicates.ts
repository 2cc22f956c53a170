import type { IncomingMessage } from 'node:http';
import type { CompiledPolicy } from '../../protocol/compiled-policy.js';
import type { IssueCollector } from '../issues/issue-collector.js';
import type { CorsOriginPredicate } from '../policies/policy-options.js';
import { show } from '../../protocol/show-value.js';

const CANARIES = ['a', 'b', 'c'].map(
  (label) => `https://cors-canary-${label}-${Math.random().toString(36).slice(2)}.invalid`,
);

/**
 * Asks each predicate about origins that nobody has registered (RFC 6761 `.invalid`): one that allows them all allows
 * everyone. One that cannot answer at once with a boolean or a promise never will; one that rejects or takes its time may
 * wait for something that is still starting, and is not judged.
 */
export async function probePredicates(
  policy: CompiledPolicy,
  request: IncomingMessage,
  issues: IssueCollector,
): Promise<void> {
  const judging = policy.origins.predicates.map((predicate) => answersOf(predicate, request));
  for (const answers of await Promise.all(judging)) {
    if (answers.every(({ value }) => value === true)) reportReflection(policy, issues);
    const fault = answers[0]?.fault;
    if (fault !== undefined) reportFault(policy, fault, issues);
  }
}

function reportReflection(
  { label, credentials, dangerouslyAllow }: CompiledPolicy,
  issues: IssueCollector,
): void {
  const message = `a predicate allows ${CANARIES[0]}, which nobody has: it allows every site; write '*' without credentials, or compare the origin with what you know`;
  if (credentials) issues.error('reflects-every-origin', label, message);
  else issues.danger('reflects-every-origin', label, message, dangerouslyAllow);
}

function reportFault({ label }: CompiledPolicy, fault: string, issues: IssueCollector): void {
  const message = `asked about ${CANARIES[0]}, a predicate ${fault}, which denies the origin; a predicate is (origin, request) => boolean or a promise of one, not (origin, callback)`;
  issues.warn('predicate-without-answer', label, message);
}

/** What came of asking once; neither where there was no answer in time. */
interface Answer {
  readonly value?: unknown;
  readonly fault?: string;
}

function answersOf(
  predicate: CorsOriginPredicate,
  request: IncomingMessage,
): Promise<readonly Answer[]> {
  return Promise.all(CANARIES.map((origin) => ask(predicate, origin, request)));
}

async function ask(
  predicate: CorsOriginPredicate,
  origin: string,
  request: IncomingMessage,
): Promise<Answer> {
  let answer: unknown;
  try {
    answer = predicate(origin, request);
  } catch (error) {
    return { fault: `threw ${show(error instanceof Error ? error.message : error)}` };
  }
  const isObject = typeof answer === 'object' && answer !== null;
  if (isObject) return { value: await settled(answer) };
  return typeof answer === 'boolean' ? { value: answer } : { fault: `answered ${show(answer)}` };
}

/** Longer than this a predicate has no say at request time either. */
const PATIENCE = 1000;

async function settled(answer: unknown): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise((resolve) => {
    timer = setTimeout(resolve, PATIENCE);
  });
  try {
    return await Promise.race([answer, patience]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
