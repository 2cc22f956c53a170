import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/** One request as a server received it, and the head that it sent back. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly host: string;
  readonly headers: IncomingMessage['headers'];
  readonly status: number;
  /** Names in lower case; the lines of one name joined by `|`, which no header here contains. */
  readonly answer: Readonly<Record<string, string>>;
}

/** Notes what reaches a server and what leaves it, before anything of Nest sees either. */
export class WireRecorder {
  #exchanges: [IncomingMessage, ServerResponse][] = [];

  constructor(server: Server) {
    server.prependListener('request', (request, response) => {
      this.#exchanges.push([request, response]);
    });
  }

  /** What came in since the last call. */
  take(): Received[] {
    const exchanges = this.#exchanges;
    this.#exchanges = [];
    return exchanges.map(([request, response]) => received(request, response));
  }

  /** How many requests there are to take. */
  get length(): number {
    return this.#exchanges.length;
  }
}

function received(request: IncomingMessage, response: ServerResponse): Received {
  const { method = '', url = '', headers } = request;
  const { host = '' } = headers;
  return { method, url, host, headers, status: response.statusCode, answer: headOf(response) };
}

/** The very bytes of the head: `getHeaders()` does not know what `writeHead()` was given. */
function headOf(response: ServerResponse): Record<string, string> {
  const head = String(Reflect.get(response, '_header') ?? '');
  const answer: Record<string, string> = {};
  for (const line of head.split('\r\n').slice(1)) {
    const [name = '', ...value] = line.split(': ');
    const key = name.toLowerCase();
    if (key !== '') answer[key] = [answer[key] ?? [], value.join(': ')].flat().join('|');
  }
  return answer;
}
