import { once } from 'node:events';
import { connect } from 'node:net';

/** Sends the same request over and over on one kept-alive connection, waiting for each response. */
class Connection {
  constructor(socket) {
    this.socket = socket.setNoDelay(true);
    this.received = 0;
    this.socket.on('data', (chunk) => this.receive(chunk));
  }

  /** Every response to the same request is as long as the first. */
  receive(chunk) {
    if (this.expected === undefined) this.expected = lengthOf(chunk);
    this.received += chunk.length;
    if (this.received < this.expected) return;
    this.received = 0;
    if (--this.left > 0) this.socket.write(this.bytes);
    else this.done();
  }

  run(bytes, count) {
    Object.assign(this, { bytes, left: count, expected: undefined });
    return new Promise((resolve) => {
      this.done = resolve;
      this.socket.write(bytes);
    });
  }
}

function lengthOf(chunk) {
  const text = chunk.toString('latin1');
  const body = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1] ?? 0);
  return text.indexOf('\r\n\r\n') + 4 + body;
}

/** A browser-like load: several connections, no pipelining. */
export class Loopback {
  static async open(port, connections = 8) {
    const sockets = Array.from({ length: connections }, () => connect(port, '127.0.0.1'));
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    return new Loopback(sockets);
  }

  constructor(sockets) {
    this.connections = sockets.map((socket) => new Connection(socket));
  }

  async run(bytes, count) {
    const each = Math.ceil(count / this.connections.length);
    await Promise.all(this.connections.map((connection) => connection.run(bytes, each)));
  }

  close() {
    for (const { socket } of this.connections) socket.destroy();
  }
}
