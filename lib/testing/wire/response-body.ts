import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

/** A response body: read as it arrives, all at once, or not at all. */
export interface ResponseBody {
  stream(): ReadableStream<Uint8Array>;
  bytes(): Promise<Uint8Array>;
  /** Hangs up if the server is still talking, as browsers do when a page may not listen. */
  discard(): void;
}

/** The body of a response that is still arriving; streams such as server-sent events never end. */
export function arrivingBody(message: IncomingMessage): ResponseBody {
  const stream = (): ReadableStream<Uint8Array> =>
    Readable.toWeb(message) as ReadableStream<Uint8Array>;
  return {
    stream,
    bytes: async () => new Uint8Array(await new Response(stream()).arrayBuffer()),
    discard: () => void message.on('error', () => {}).destroy(),
  };
}

/** The body of a response that was read before. */
export function storedBody(bytes: Uint8Array): ResponseBody {
  return {
    stream: () =>
      new Blob([bytes as Uint8Array<ArrayBuffer>]).stream() as ReadableStream<Uint8Array>,
    bytes: async () => bytes,
    discard: () => {},
  };
}
