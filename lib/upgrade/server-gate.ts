import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

type Go = () => void;

/** What stands before everyone else who listens on an HTTP server. */
export interface Gatekeeper {
  /** Called for every upgrade; `go` hands it to the server's listeners. */
  upgrade(request: IncomingMessage, socket: Duplex, go: Go): void;
  /** Called for every ordinary request; `false` leaves it to the server's listeners, at once. */
  request?(request: IncomingMessage, response: ServerResponse, go: Go): boolean;
}

/**
 * Puts a gatekeeper before the listeners of a server, whoever adds them and whenever: a listener of our own could come first,
 * but could not keep the others from acting. Nothing is listened to, so that a server without upgrades still treats an
 * `Upgrade` header as Node does, as none of its business.
 */
export function gateServer(server: Server, keeper: Gatekeeper): void {
  const emit = server.emit as (...args: unknown[]) => boolean;
  const gated = function (this: Server, ...args: unknown[]): boolean {
    const go = (): void => void emit.apply(this, args);
    if (args[0] === 'upgrade') {
      keeper.upgrade(args[1] as IncomingMessage, args[2] as Duplex, go);
      return true;
    }
    if (args[0] === 'request' && keeper.request !== undefined) {
      const [, request, response] = args;
      if (keeper.request(request as IncomingMessage, response as ServerResponse, go)) return true;
    }
    return emit.apply(this, args);
  };
  server.emit = gated as Server['emit'];
}
