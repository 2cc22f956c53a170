import type { IncomingMessage } from 'node:http';
import type { CompiledPolicy } from './compiled-policy.js';
import type { IssueCollector } from './issue-collector.js';
import type { CorsOriginPredicate } from './policy-options.js';

const CANARIES = ['a', 'b', 'c'].map(
  (label) => `https://cors-canary-${label}-${Math.random().toString(36).slice(2)}.invalid`,
);

/**
 * Asks each predicate about origins that nobody has registered (RFC 6761 `.invalid`): one that allows them all allows
 * everyone. A predicate that fails or does not answer is not judged.
 */
export async function probePredicates(
  { origins, label, credentials, dangerouslyAllow }: CompiledPolicy,
  request: IncomingMessage,
  issues: IssueCollector,
): Promise<void> {
  for (const predicate of origins.predicates) {
    if (!(await allowsAll(predicate, request))) continue;
    const message = `a predicate allows ${CANARIES[0]}, which nobody has: it allows every site; write '*' without credentials, or compare the origin with what you know`;
    if (credentials) issues.error('reflects-every-origin', label, message);
    else issues.danger('reflects-every-origin', label, message, dangerouslyAllow);
  }
}

async function allowsAll(
  predicate: CorsOriginPredicate,
  request: IncomingMessage,
): Promise<boolean> {
  const answers = CANARIES.map((origin) => ask(predicate, origin, request));
  return (await Promise.all(answers)).every((allowed) => allowed === true);
}

/** Longer than this a predicate has no say at request time either. */
const PATIENCE = 1000;

async function ask(
  predicate: CorsOriginPredicate,
  origin: string,
  request: IncomingMessage,
): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise((resolve) => {
    timer = setTimeout(resolve, PATIENCE);
  });
  try {
    return await Promise.race([predicate(origin, request), patience]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
