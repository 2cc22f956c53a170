import type { IncomingMessage } from 'node:http';
import type { Gateway } from './gateway.js';

/** A request for a socket, or over one, and whom it is for. */
export interface SocketRequest {
  readonly request: IncomingMessage;
  /** Those that would get it; none where it is for something else, or the server was made by hand. */
  readonly gateways: readonly Gateway[];
  /** The targets that it has as the application sees it; one, unless it is not known where the application is mounted. */
  readonly targets: readonly string[];
}
