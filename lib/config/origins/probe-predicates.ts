import type { IncomingMessage } from 'node:http';
import type { CompiledPolicy } from '../../protocol/compiled-policy.js';
import { askPredicate, type PredicateAnswer } from '../../protocol/origin/ask-predicate.js';
import type { IssueCollector } from '../issues/issue-collector.js';

const CANARIES = ['a', 'b', 'c'].map(
  (label) => `https://cors-canary-${label}-${Math.random().toString(36).slice(2)}.invalid`,
);

/**
 * Asks each predicate about origins that nobody has registered (RFC 6761 `.invalid`): one that allows them all allows
 * everyone, and one that answers with anything but a boolean will deny everyone. A predicate that rejects or takes its time
 * may wait for something that is still starting, and is not judged.
 */
export async function probePredicates(
  policy: CompiledPolicy,
  request: IncomingMessage,
  issues: IssueCollector,
): Promise<void> {
  const asking = policy.origins.predicates.map((predicate) =>
    Promise.all(CANARIES.map((origin) => askPredicate(predicate, origin, request))),
  );
  for (const [index, answers] of (await Promise.all(asking)).entries()) {
    const where = policy.predicatePlaces[index] ?? policy.label;
    if (answers.every(allows)) reportReflection(policy, where, issues);
    const [first] = answers;
    if (first?.fault !== undefined && !first.passing) reportFault(where, first.fault, issues);
  }
}

function allows(answer: PredicateAnswer): boolean {
  return answer.fault === undefined && answer.allowed;
}

function reportReflection(
  { credentials, credentialed, dangerouslyAllow: accepted }: CompiledPolicy,
  where: string,
  issues: IssueCollector,
): void {
  const message = `a predicate allows ${CANARIES[0]}, which nobody has: it allows every site; write '*' without credentials, or compare the origin with what you know`;
  if (credentials && credentialed === undefined)
    issues.add('reflects-every-origin', where, message);
  else issues.addUnlessAccepted('reflects-every-origin', where, message, { accepted });
}

function reportFault(where: string, fault: string, issues: IssueCollector): void {
  const message = `asked about ${CANARIES[0]}, a predicate ${fault}, which denies the origin; a predicate is (origin, request) => boolean or a promise of one, not (origin, callback)`;
  issues.add('predicate-without-answer', where, message);
}
