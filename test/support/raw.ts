import { connect } from 'node:net';

export type HeaderLine = readonly [name: string, value: string];

export interface RawRequest {
  readonly method?: string;
  /** The request target, exactly as sent. */
  readonly path: string;
  readonly headers?: readonly HeaderLine[];
  readonly body?: string;
  readonly version?: string;
}

export interface RawHead {
  readonly status: number;
  readonly reason: string;
  /** Every line in order, duplicates kept. */
  readonly headers: readonly HeaderLine[];
}

export interface RawResponse extends RawHead {
  readonly body: string;
  readonly trailers: readonly HeaderLine[];
  /** Informational (1xx) responses that came before. */
  readonly interim: readonly RawHead[];
  /** Whether the body ended as its framing says; a response that is cut short does not. */
  readonly complete: boolean;
}

/** How much of the response to wait for: streams that never end are left once their head is there. */
export type Until = 'end' | 'head';

/** Sends a request over a socket of its own and returns what comes back; nothing is added, merged or normalised. */
export function send(
  port: number,
  request: RawRequest,
  until: Until = 'end',
): Promise<RawResponse> {
  const bodiless = request.method === 'HEAD';
  return sendBytes(port, serialise(request), until === 'head' || bodiless ? 'head' : 'end');
}

export function sendBytes(port: number, bytes: string, until: Until = 'end'): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let received = '';
    const settle = (error?: Error): void => {
      socket.destroy();
      const response = parse(received);
      if (response !== undefined) resolve(response);
      else reject(error ?? new Error(`no response head, only ${JSON.stringify(received)}`));
    };
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      received += chunk;
      const response = parse(received);
      if (response !== undefined && (until === 'head' || response.complete)) settle();
    });
    socket.on('error', settle);
    socket.on('close', () => settle());
    socket.write(Buffer.from(bytes, 'latin1'));
  });
}

function serialise({
  method = 'GET',
  path,
  headers = [],
  body,
  version = '1.1',
}: RawRequest): string {
  const given = new Set(headers.map(([name]) => name.toLowerCase()));
  const lines: HeaderLine[] = [...headers];
  if (!given.has('host')) lines.unshift(['Host', 'localhost']);
  if (!given.has('connection')) lines.push(['Connection', 'close']);
  if (body !== undefined && !given.has('transfer-encoding') && !given.has('content-length'))
    lines.push(['Content-Length', String(Buffer.byteLength(body, 'latin1'))]);
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `${method} ${path} HTTP/${version}\r\n${head}\r\n${body ?? ''}`;
}

function parse(received: string): RawResponse | undefined {
  const interim: RawHead[] = [];
  let rest = received;
  for (;;) {
    const end = rest.indexOf('\r\n\r\n');
    if (end === -1) return undefined;
    const head = parseHead(rest.slice(0, end));
    rest = rest.slice(end + 4);
    if (head.status >= 200 || head.status === 101)
      return { ...head, ...parseBody(head, rest), interim };
    interim.push(head);
  }
}

function parseHead(text: string): RawHead {
  const [statusLine = '', ...lines] = text.split('\r\n');
  const [, status = '0', reason = ''] = /^HTTP\/1\.[01] (\d{3}) ?(.*)$/.exec(statusLine) ?? [];
  return { status: Number(status), reason, headers: lines.map(parseLine) };
}

function parseLine(line: string): HeaderLine {
  const colon = line.indexOf(':');
  return [line.slice(0, colon), line.slice(colon + 1).trim()];
}

type Body = Pick<RawResponse, 'body' | 'trailers' | 'complete'>;

function parseBody({ status, headers }: RawHead, rest: string): Body {
  const field = (name: string): string | undefined =>
    headers.find(([given]) => given.toLowerCase() === name)?.[1];
  if (status === 204 || status === 304) return { body: rest, trailers: [], complete: true };
  if (field('transfer-encoding') === 'chunked') return parseChunks(rest);
  const length = field('content-length');
  return {
    body: rest,
    trailers: [],
    complete: length !== undefined && rest.length >= Number(length),
  };
}

function parseChunks(text: string): Body {
  let body = '';
  let rest = text;
  for (;;) {
    const line = rest.indexOf('\r\n');
    const size = line === -1 ? Number.NaN : Number.parseInt(rest.slice(0, line), 16);
    if (Number.isNaN(size)) return { body, trailers: [], complete: false };
    rest = rest.slice(line + 2);
    if (size === 0)
      return { body, trailers: trailersIn(rest), complete: /(?:^|\r\n)\r\n$/.test(rest) };
    body += rest.slice(0, size);
    rest = rest.slice(size + 2);
  }
}

function trailersIn(text: string): readonly HeaderLine[] {
  return text
    .split('\r\n')
    .filter((line) => line !== '')
    .map(parseLine);
}
