import type { HeaderLine } from './raw.js';

export interface WireResponse {
  readonly status: number;
  /** Every line in order, duplicates kept. */
  readonly headers: readonly HeaderLine[];
  readonly body: string;
}

/** Takes the responses of one connection apart, for requests whose methods are known. */
export class ResponseReader {
  private received = '';

  constructor(private readonly methods: readonly string[]) {}

  readonly responses: WireResponse[] = [];

  feed(chunk: string): void {
    this.received += chunk;
    for (;;) {
      const end = this.received.indexOf('\r\n\r\n');
      if (end === -1) return;
      const head = parseHead(this.received.slice(0, end));
      const rest = this.received.slice(end + 4);
      if (head.status < 200) {
        this.received = rest;
        continue;
      }
      const method = this.methods[this.responses.length] ?? 'GET';
      const body = method === 'HEAD' ? ['', 0] : bodyOf(head, rest);
      if (body === undefined) return;
      this.received = rest.slice(body[1] as number);
      this.responses.push({ ...head, body: body[0] as string });
    }
  }
}

type Head = Omit<WireResponse, 'body'>;

function parseHead(text: string): Head {
  const [statusLine = '', ...lines] = text.split('\r\n');
  return { status: Number(statusLine.slice(9, 12)), headers: lines.map(parseLine) };
}

function parseLine(line: string): HeaderLine {
  const colon = line.indexOf(':');
  return [line.slice(0, colon), line.slice(colon + 1).trim()];
}

/** The body and the bytes it takes; `undefined` while it is incomplete. */
function bodyOf({ status, headers }: Head, rest: string): [string, number] | undefined {
  if (status === 204 || status === 304) return ['', 0];
  const field = (wanted: string): string | undefined =>
    headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
  if (field('transfer-encoding') === 'chunked') return chunked(rest);
  const length = Number(field('content-length') ?? 0);
  return rest.length < length ? undefined : [rest.slice(0, length), length];
}

function chunked(text: string): [string, number] | undefined {
  let body = '';
  for (let position = 0; ;) {
    const line = text.indexOf('\r\n', position);
    if (line === -1) return undefined;
    const size = Number.parseInt(text.slice(position, line), 16);
    const next = line + 2 + size + 2;
    if (Number.isNaN(size) || text.length < next) return undefined;
    body += text.slice(line + 2, line + 2 + size);
    position = next;
    if (size === 0) return [body, position];
  }
}
