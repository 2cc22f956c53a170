import type { IncomingMessage, ServerResponse } from 'node:http';

/** What Express' response and Fastify's reply have in common. */
export interface Reply {
  status(code: number): Reply;
  header(name: string, value: string): unknown;
  send(body?: unknown): unknown;
}

interface FastifyReplyLike extends Reply {
  readonly raw: ServerResponse;
  hijack(): unknown;
}

/** What Express' and Fastify's requests have in common. */
export interface Incoming {
  readonly headers: IncomingMessage['headers'];
  readonly method: string;
}

/** Node's response behind either of them. */
export function nodeResponse(reply: Reply): ServerResponse {
  return isFastify(reply) ? reply.raw : (reply as unknown as ServerResponse);
}

/** Takes the response away from the framework: from here on nobody else answers. */
export function takeOver(reply: Reply): ServerResponse {
  if (isFastify(reply)) reply.hijack();
  return nodeResponse(reply);
}

function isFastify(reply: Reply): reply is FastifyReplyLike {
  return 'hijack' in reply;
}
