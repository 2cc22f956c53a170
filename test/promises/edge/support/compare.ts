import { type RawRequest, type RawResponse, send } from '../../../support/raw.js';
import { values, varyNames } from '../../../support/observe.js';

/** Headers of which there is at most one line, and which are the same. */
const EQUAL = [
  'access-control-allow-origin',
  'access-control-allow-credentials',
  'access-control-max-age',
  'timing-allow-origin',
  'cross-origin-resource-policy',
  // Of `preflightHeaders`.
  'cache-control',
  'x-p',
  'x-q',
  'x-note',
  'x-at',
];
const EQUAL_AS_SETS = ['access-control-expose-headers', 'access-control-allow-headers'];
const METHODS = 'access-control-allow-methods';

/** Both answers to one request, and whether the application has seen what the engine was sent. */
export interface Pair {
  readonly request: RawRequest;
  readonly nest: RawResponse;
  readonly edge: RawResponse;
  readonly passedOn: boolean;
}

/** An application and an engine in front of it. */
export interface Both {
  readonly nest: number;
  readonly edge: number;
  /** The `X-Case` of every request that the application has seen. */
  readonly seen: Set<string>;
}

let cases = 0;

export async function askBoth({ nest, edge, seen }: Both, request: RawRequest): Promise<Pair> {
  const name = `case-${(cases += 1)}`;
  const marked = (marker: string): RawRequest => ({
    ...request,
    headers: [['Host', `localhost`], ...(request.headers ?? []), ['X-Case', marker]],
  });
  const [own, other] = await Promise.all([
    send(nest, marked(`${name}-nest`)),
    send(edge, marked(`${name}-edge`)),
  ]);
  return { request, nest: own, edge: other, passedOn: seen.has(`${name}-edge`) };
}

/** In which respects the engine's answer is not the application's; empty: equal. */
export function unequal({ request, nest, edge, passedOn }: Pair): readonly string[] {
  const found: string[] = [];
  if (nest.status !== edge.status) found.push(`status ${nest.status} → ${edge.status}`);
  for (const name of EQUAL) {
    const [own, other] = [values(nest, name), values(edge, name)];
    if (other.length > 1 || own.join() !== other.join())
      found.push(`${name}: ${own.join(' | ')} → ${other.join(' | ')}`);
  }
  for (const name of EQUAL_AS_SETS) {
    const [own, other] = [membersOf(nest, name), membersOf(edge, name)];
    if (values(edge, name).length > 1 || own.join() !== other.join())
      found.push(`${name}: ${own.join()} → ${other.join()}`);
  }
  found.push(...unequalMethods(request, nest, edge));
  const missing = varyNames(nest).filter((name) => !varyNames(edge).includes(name));
  if (missing.length > 0) found.push(`vary lacks ${missing.join()}`);
  const isAnswered = request.method === 'OPTIONS' && isCorsPreflight(request) && !isLeftAlone(nest);
  if (isAnswered && passedOn) found.push('passed on');
  return found;
}

/** The engine permits nothing that the application does not. */
export function permitsMore({ nest, edge }: Pair): boolean {
  return [...EQUAL, ...EQUAL_AS_SETS, METHODS].some(
    (name) =>
      values(edge, name).length > 0 &&
      name !== 'cross-origin-resource-policy' &&
      membersOf(edge, name).some((member) => !membersOf(nest, name).includes(member)),
  );
}

function unequalMethods(
  request: RawRequest,
  nest: RawResponse,
  edge: RawResponse,
): readonly string[] {
  const [own, other] = [membersOf(nest, METHODS), membersOf(edge, METHODS)];
  if (own.length === 0 && other.length === 0) return [];
  const asked = request.headers?.find(([name]) => /request-method$/i.test(name))?.[1] ?? '';
  const isWithin = other.every((method) => own.includes(method));
  if (values(edge, METHODS).length === 1 && isWithin && other.includes(asked.toLowerCase()))
    return [];
  return [`${METHODS}: ${own.join()} → ${other.join()}`];
}

function membersOf(response: RawResponse, name: string): readonly string[] {
  const members = values(response, name)
    .flatMap((value) => value.toLowerCase().split(','))
    .map((member) => member.trim())
    .filter(Boolean);
  return [...new Set(members)].sort();
}

/** Has what makes an OPTIONS request a preflight. */
export function isCorsPreflight({ headers = [] }: RawRequest): boolean {
  const names = headers.map(([name]) => name.toLowerCase());
  return names.includes('origin') && names.includes('access-control-request-method');
}

/** Whatever answers a preflight says what it varies by. */
function isLeftAlone(nest: RawResponse): boolean {
  return !varyNames(nest).includes('access-control-request-method');
}
