import type { Expectation } from '../../../support/row.js';
import type { GatewayExpectation, GatewayRow } from './row.js';

type Answered = Pick<Expectation, 'cors'> & { readonly status: GatewayExpectation['status'] };

/** What a browser makes of an answer, and a cache; how it is worded does not count. */
export interface Conclusion {
  /** Whether the page may read, or send what it asked for. */
  readonly allowed: boolean;
  /** Whether every page may. */
  readonly everyone: boolean;
  readonly credentials: boolean;
  readonly exposed: readonly string[];
}

export function conclude({ request }: GatewayRow, { status, cors }: Answered): Conclusion {
  const header = (name: string): readonly string[] =>
    cors.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));
  const sent = (name: string): string =>
    request.headers?.find(([given]) => given.toLowerCase() === name)?.[1] ?? '';
  const origins = header('access-control-allow-origin');
  const readable = origins.length === 1 && ['*', sent('origin')].includes(origins[0] ?? '');
  const method = sent('access-control-request-method');
  const grants = method === '' || (isOk(status) && grantsMethod(header, method));
  const exposed = header('access-control-expose-headers').flatMap((value) => value.split(', '));
  return {
    allowed: readable && grants,
    everyone: origins[0] === '*',
    credentials: readable && header('access-control-allow-credentials')[0] === 'true',
    exposed: readable && method === '' ? exposed.map((name) => name.toLowerCase()).sort() : [],
  };
}

function grantsMethod(header: (name: string) => readonly string[], method: string): boolean {
  return header('access-control-allow-methods').some((value) =>
    value.split(/, */).includes(method),
  );
}

function isOk(status: Answered['status']): boolean {
  return typeof status === 'number' && status >= 200 && status < 300;
}
