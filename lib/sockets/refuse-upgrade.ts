import type { Duplex } from 'node:stream';

const HEAD = 'HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\nVary: Origin\r\n';

/** Answers an upgrade with 403 and closes the connection. */
export function refuseUpgrade(socket: Duplex, debug: boolean): void {
  if (socket.destroyed) return;
  ignoreErrors(socket);
  socket.once('finish', () => socket.destroy());
  socket.end(`${HEAD}${debug ? 'Cors-Debug: origin-denied\r\n' : ''}\r\n`);
}

/**
 * Without a listener, a client that leaves while its socket belongs to nobody would end the process.
 * @returns the way back
 */
export function ignoreErrors(socket: Duplex): () => void {
  socket.on('error', nothing);
  return () => void socket.off('error', nothing);
}

function nothing(): void {}
