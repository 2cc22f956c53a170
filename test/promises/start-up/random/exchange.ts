import { Agent, request } from 'node:http';

export interface Answer {
  readonly status: number;
  /** Lower-cased names with every value that came. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
}

/** One connection for all requests to one application. */
export class Client {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(private readonly port: number) {}

  send(method: string, path: string, headers: Record<string, string>): Promise<Answer> {
    const { agent, port } = this;
    return new Promise((resolve, reject) => {
      const sent = request(
        { host: '127.0.0.1', port, agent, method, path, headers },
        (response) => {
          response.resume().on('end', () => {
            resolve({ status: response.statusCode ?? 0, headers: grouped(response.rawHeaders) });
          });
        },
      );
      sent.on('error', reject).end();
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

function grouped(raw: readonly string[]): Answer['headers'] {
  const headers: Record<string, string[]> = {};
  for (let index = 0; index < raw.length; index += 2)
    (headers[raw[index]?.toLowerCase() ?? ''] ??= []).push(raw[index + 1] ?? '');
  return headers;
}
