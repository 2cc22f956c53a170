import { Agent, request as sendRequest, type IncomingMessage } from 'node:http';
import { pairUp, type HeaderLine } from './header-lines.js';
import { originOf } from '../fetch/origin.js';
import { arrivingBody, type ResponseBody } from './response-body.js';
import { connectTo, type BrowserTarget, type Endpoint } from './target.js';

/** A request as it goes on the wire. */
export interface OutgoingRequest {
  readonly method: string;
  readonly url: URL;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body?: Uint8Array | undefined;
}

/** A response as it came off the wire. */
export interface IncomingResponse {
  readonly status: number;
  readonly lines: readonly HeaderLine[];
  readonly body: ResponseBody;
  /** The HTTP cache keeps it since this very fetch. */
  readonly isNewInCache?: boolean;
}

/** The size that browsers accept; Node's own limit is smaller than what servers may send. */
const MAX_RESPONSE_HEAD = 256 * 1024;

/**
 * Sends requests for any origin to the targets, like a browser whose name server knows only them: the `Host` header is
 * that of the URL, and `https:` is spoken without TLS.
 */
export class Transport {
  readonly #default: BrowserTarget;
  readonly #hosts: ReadonlyMap<string, BrowserTarget>;
  readonly #endpoints = new Map<BrowserTarget, Promise<Endpoint>>();
  readonly #agent = new Agent({ keepAlive: false });

  constructor(target: BrowserTarget, hosts: Readonly<Record<string, BrowserTarget>>) {
    this.#default = target;
    this.#hosts = new Map(Object.entries(hosts));
  }

  async send(outgoing: OutgoingRequest): Promise<IncomingResponse> {
    const endpoint = await this.#endpoint(outgoing.url);
    const message = await this.#exchange(outgoing, endpoint);
    const lines = pairUp(message.rawHeaders);
    return { status: message.statusCode ?? 0, lines, body: arrivingBody(message) };
  }

  /** Hangs up, and closes the servers that had to be opened. */
  async close(): Promise<void> {
    this.#agent.destroy();
    const endpoints = await Promise.allSettled(this.#endpoints.values());
    this.#endpoints.clear();
    for (const endpoint of endpoints) {
      if (endpoint.status === 'fulfilled') await endpoint.value.close();
    }
  }

  #endpoint(url: URL): Promise<Endpoint> {
    const target = this.#hosts.get(originOf(url)) ?? this.#default;
    const endpoint = this.#endpoints.get(target) ?? connectTo(target);
    this.#endpoints.set(target, endpoint);
    return endpoint;
  }

  #exchange(outgoing: OutgoingRequest, endpoint: Endpoint): Promise<IncomingMessage> {
    const { method, url, headers, body } = outgoing;
    return new Promise((resolve, reject) => {
      const request = sendRequest({
        host: endpoint.host,
        port: endpoint.port,
        method,
        path: url.pathname + url.search,
        setHost: false,
        agent: this.#agent,
        maxHeaderSize: MAX_RESPONSE_HEAD,
      });
      request.once('response', resolve);
      request.on('error', (cause) => reject(unreachable(outgoing, cause)));
      request.method = method; // Node upper-cases it; `patch` and PATCH are two methods
      request.setHeader('host', url.host);
      for (const [name, value] of headers) request.setHeader(name, value);
      if (body !== undefined) request.setHeader('content-length', body.byteLength);
      request.end(body);
    });
  }
}

/** Not a blocked fetch: a test that expects one must not pass because nobody answered. */
function unreachable({ method, url }: OutgoingRequest, cause: Error): Error {
  return new Error(`${method} ${url.href}: the target gave no answer (${cause.message})`, {
    cause,
  });
}
