import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

type Go = () => void;

/** The one who stands before everyone else who listens on an HTTP server. */
export interface Gatekeeper {
  /** Called for every upgrade; `go` hands it to the server's listeners. */
  upgrade(request: IncomingMessage, socket: Duplex, go: Go): void;
  /** An ordinary request is this gatekeeper's business; the others go to the server's listeners at once. */
  concerns(request: IncomingMessage): boolean;
  /** Called for the requests that are; `go` hands one to the server's listeners after all. */
  request(request: IncomingMessage, response: ServerResponse, go: Go): void;
}

/**
 * Puts a gatekeeper before the listeners of a server, whoever adds them and whenever: a listener of our own could come first,
 * but could not keep the others from acting. Nothing is listened to, so that a server without upgrades still treats an
 * `Upgrade` header as Node does, as none of its business.
 */
export function gateServer(server: Server, keeper: Gatekeeper): void {
  const emit = server.emit as (...args: unknown[]) => boolean;
  const gated = function (this: Server, ...args: unknown[]): boolean {
    const [event, request, other] = args as [string, IncomingMessage, unknown];
    const upgrade = event === 'upgrade';
    if (!upgrade && !(event === 'request' && keeper.concerns(request)))
      return emit.apply(this, args);
    const go = (): void => void emit.apply(this, args);
    if (upgrade) keeper.upgrade(request, other as Duplex, go);
    else keeper.request(request, other as ServerResponse, go);
    return true;
  };
  server.emit = gated as Server['emit'];
}
