import type { CorsListChange, CorsSnapshot } from '../config/live/live-options.js';
import { parseState } from './parse-state.js';

/** Origins in a piece of text. */
const PAGE = 1000;

type Changes = Readonly<Record<string, CorsListChange>>;

/** A state with changes applied, as text that stands behind its revision. */
export interface Patched {
  readonly since: number;
  readonly text: string;
}

/**
 * Applies changes to the text of a state, page by page.
 *
 * @throws Error where a change is for a policy that the state does not have, or would leave a list empty
 */
export async function patched(bytes: Buffer, changes: Changes): Promise<Patched> {
  const state = await parseState(bytes);
  for (const name of Object.keys(changes)) {
    if (!Object.hasOwn(state.policies, name)) throw new Error(`the state has no policy ${name}`);
  }
  const pieces: string[] = [];
  for (const [name, policy] of Object.entries(state.policies))
    pieces.push(`${JSON.stringify(name)}:${await policyText(name, policy, changes[name] ?? {})}`);
  return { since: state.revision, text: `,"policies":{${pieces.join(',')}}}` };
}

async function policyText(
  name: string,
  policy: CorsSnapshot['policies'][string],
  { add = [], remove = [] }: CorsListChange,
): Promise<string> {
  const { origin, count: _count, ...rest } = policy;
  const [gone, fresh] = [new Set(remove), new Set(add)];
  const pages: string[] = [];
  for await (const page of pagesOf(origin)) {
    const kept = page.filter((one) => !gone.has(one) || fresh.has(one));
    for (const one of kept) fresh.delete(one);
    if (kept.length > 0) pages.push(JSON.stringify(kept).slice(1, -1));
  }
  if (fresh.size > 0) pages.push(JSON.stringify([...fresh]).slice(1, -1));
  const closed = origin === false && pages.length === 0;
  if (pages.length === 0 && !closed)
    throw new Error(
      `nothing would be left of ${name}; publish { "origin": false } if that is meant`,
    );
  const others = JSON.stringify(rest).slice(1, -1);
  const list = closed ? 'false' : `[${pages.join(',')}]`;
  return `{${others}${others === '' ? '' : ','}"origin":${list}}`;
}

async function* pagesOf(
  origin: CorsSnapshot['policies'][string]['origin'],
): AsyncGenerator<readonly string[]> {
  if (origin === false) return;
  if (!Array.isArray(origin)) return yield* origin as AsyncIterable<readonly string[]>;
  for (let from = 0; from < origin.length; from += PAGE) yield origin.slice(from, from + PAGE);
}
