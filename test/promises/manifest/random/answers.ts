import { type Answer, send } from '../../router/agreement/client.js';

/** How much an answer permits, by respect: a larger number or a larger set is more. */
export type Permissions = Readonly<Record<string, number | ReadonlySet<string>>>;

/** A request that a page could send, as far as CORS depends on it. */
export interface Question {
  readonly method: string;
  readonly path: string;
  readonly origin: string;
  /** A header that the preflight asks for. */
  readonly header: string;
}

/** Asks a server: the preflight, then the request itself. */
export async function permissionsOf(port: number, question: Question): Promise<Permissions> {
  const { method, path, origin, header } = question;
  const preflight = await send(port, 'OPTIONS', path, {
    origin,
    'access-control-request-method': method,
    'access-control-request-headers': header,
  });
  const actual = await send(port, method, path, { origin });
  return {
    ...ofPreflight(preflight, origin, header),
    ...ofActual(actual, origin),
  };
}

function ofPreflight({ status, headers }: Answer, origin: string, header: string): Permissions {
  const allowed = isFor(headers['access-control-allow-origin'], origin) && status < 300;
  return {
    preflight: Number(allowed),
    preflightCredentials: Number(allowed && headers['access-control-allow-credentials'] === 'true'),
    header: Number(allowed && setOf(headers['access-control-allow-headers']).has(header)),
    maxAge: allowed ? Number(headers['access-control-max-age'] ?? 0) : -1,
  };
}

function ofActual({ status, headers }: Answer, origin: string): Permissions {
  const allowed = isFor(headers['access-control-allow-origin'], origin);
  return {
    read: Number(allowed),
    credentials: Number(allowed && headers['access-control-allow-credentials'] === 'true'),
    exposed: allowed ? setOf(headers['access-control-expose-headers']) : new Set(),
    runs: Number(status !== 403),
    timing: Number(headers['timing-allow-origin'] !== undefined),
    embed: ['same-origin', 'same-site', undefined, 'cross-origin'].indexOf(
      headers['cross-origin-resource-policy'] as string | undefined,
    ),
  };
}

function isFor(value: unknown, origin: string): boolean {
  return value === '*' || value === origin;
}

function setOf(value: unknown): ReadonlySet<string> {
  return new Set(
    String(value ?? '')
      .toLowerCase()
      .split(', ')
      .filter(Boolean),
  );
}

/** In some respect `now` permits what `was` does not. */
export function permitsMore(now: Permissions, was: Permissions): boolean {
  return Object.keys(now).some((key) => {
    const [fresh, old] = [now[key], was[key]];
    if (typeof fresh === 'number' && typeof old === 'number') return fresh > old;
    return [...(fresh as ReadonlySet<string>)].some(
      (one) => !(old as ReadonlySet<string>).has(one),
    );
  });
}
