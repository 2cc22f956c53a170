import type { IncomingMessage, ServerResponse } from 'node:http';

/** What went over the wire for one cell of the grid: the preflight, if there was one, and the request. */
export interface Exchange {
  readonly request: string;
  readonly requestHeaders: Readonly<Record<string, unknown>>;
  readonly status: number;
  readonly responseHeaders: Readonly<Record<string, unknown>>;
}

const SHOWN = /^(?:origin|cookie|authorization|content-type|vary|access-control-.*)$/;

/** Notes exchanges by origin and path, the latest ones only. */
export class ExchangeLog {
  private readonly byCell = new Map<string, Exchange[]>();

  /** Express middleware. It never sees a preflight, so the log is fed by the server itself. */
  observe(request: IncomingMessage, response: ServerResponse): void {
    response.once('finish', () => {
      const preflight = request.headers['access-control-request-method'];
      const { origin } = request.headers;
      const key = cellOf(origin, preflight ?? request.method, request.url, isSigned(request));
      const exchange = {
        request: `${request.method} ${request.url}`,
        requestHeaders: shown(request.headers),
        status: response.statusCode,
        responseHeaders: shown(response.getHeaders()),
      };
      this.byCell.set(key, [...(preflight ? [] : this.of(key)).slice(-1), exchange]);
    });
  }

  /** @param signed the call has an `Authorization`, which tells it from others at the same path */
  find(origin: string, method: string, path: string, signed: boolean): readonly Exchange[] {
    return this.of(cellOf(origin, method, path, signed));
  }

  private of(key: string): readonly Exchange[] {
    return this.byCell.get(key) ?? [];
  }
}

function cellOf(
  origin: string | undefined,
  method: string | undefined,
  path: string | undefined,
  signed: boolean,
): string {
  return `${origin} ${method} ${path} ${signed}`;
}

/** A preflight says that the request will be. */
function isSigned({ headers }: IncomingMessage): boolean {
  const asked = headers['access-control-request-headers'] ?? '';
  return headers.authorization !== undefined || asked.includes('authorization');
}

function shown(headers: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => SHOWN.test(name)));
}
