import { EventEmitter } from 'node:events';
import { IncomingMessage, ServerResponse } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** A kept-alive connection that takes everything and sends nothing. */
class NullSocket extends EventEmitter {
  readable = true;
  writable = true;
  remoteAddress = '127.0.0.1';
  _writableState = {};
  bytes = 0;

  write(chunk, encoding, callback) {
    this.bytes += chunk.length;
    const done = typeof encoding === 'function' ? encoding : callback;
    if (done) process.nextTick(done);
    return true;
  }

  cork() {}
  uncork() {}
  resume() {}
  pause() {}
  setTimeout() {}
  destroy() {}
}

/**
 * Hands requests to an HTTP server as Node's parser would, one after the other: real `IncomingMessage` and
 * `ServerResponse`, no bytes to parse, no system calls.
 */
export class InProcess {
  constructor(server) {
    this.server = server;
    this.socket = new NullSocket();
  }

  /** Sends one request and resolves with the response when it has ended. */
  send({ method, url, headers, body }) {
    const request = new IncomingMessage(this.socket);
    request.method = method;
    request.url = url;
    request.httpVersionMajor = 1;
    request.httpVersionMinor = 1;
    request.httpVersion = '1.1';
    request.headers = { ...headers };
    const response = new ServerResponse(request);
    response.assignSocket(this.socket);
    return new Promise((resolve) => {
      response.on('finish', () => {
        response.detachSocket(this.socket);
        resolve(response);
      });
      this.server.emit('request', request, response);
      if (body !== undefined) request.push(body);
      request.complete = true;
      request.push(null);
    });
  }

  /** Now and then the event loop gets its turn, for what is not about any one request. */
  async run(row, count) {
    for (let sent = 1; sent <= count; sent++) {
      await this.send(row);
      if (sent % 50 === 0) await nextTurn();
    }
  }
}
