import type { LiveValues } from '../config/policies/compile-live.js';
import type { ReadOrigins } from '../config/origins/read-origins.js';

/** Origins in a piece. */
const PAGE = 1000;

/** A state as the JSON that a source would answer with, piece by piece. */
export function* writtenState(
  revision: number,
  values: ReadonlyMap<string, LiveValues>,
): Generator<string> {
  yield `{"format":1,"revision":${revision},"policies":{`;
  let first = true;
  for (const [name, { origins, options }] of values) {
    const said = JSON.stringify(options).slice(1, -1);
    yield `${first ? '' : ','}${JSON.stringify(name)}:{${said}${said === '' ? '' : ','}"origin":`;
    yield* writtenList(origins);
    yield '}';
    first = false;
  }
  yield '}}';
}

function* writtenList({ none, plain, reach }: ReadOrigins): Generator<string> {
  if (none) return yield 'false';
  let page: string[] = [];
  let before = '[';
  for (const origin of listed(plain ?? [], reach)) {
    page.push(origin);
    if (page.length < PAGE) continue;
    yield before + JSON.stringify(page).slice(1, -1);
    [page, before] = [[], ','];
  }
  yield page.length === 0 ? ']' : `${before}${JSON.stringify(page).slice(1, -1)}]`;
}

function* listed(plain: Iterable<string>, reach: ReadOrigins['reach']): Generator<string> {
  for (const { pattern } of reach) yield pattern.source;
  yield* plain;
}
