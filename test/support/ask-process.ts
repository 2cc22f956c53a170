import type { ChildProcess, Serializable } from 'node:child_process';
import { once } from 'node:events';

/**
 * Sends a message to a process that answers each with one.
 *
 * @throws Error where the process ends instead
 */
export async function ask<Answer>(child: ChildProcess, message: Serializable): Promise<Answer> {
  const ended = new AbortController();
  const end = (): void => ended.abort(new Error('the process has ended without an answer'));
  child.once('exit', end);
  try {
    const answered = once(child, 'message', { signal: ended.signal });
    child.send(message);
    const [answer] = (await answered) as [Answer];
    return answer;
  } finally {
    child.off('exit', end);
  }
}
