import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * `'silent'`: what is open carries nothing ever again, and what connects meanwhile neither. `'slow'`: what the store says takes
 * longer than any deadline.
 */
export type Partition = 'none' | 'cut' | 'silent' | 'slow';

/** Milliseconds that a slow store takes for each piece of an answer. */
const SLOW = 1500;

/** A TCP proxy before one replica's store. */
export class Proxy {
  private partition: Partition = 'none';
  private readonly sockets = new Set<Socket>();
  private readonly clients = new Set<Socket>();
  private readonly dead = new WeakSet<Socket>();
  private readonly server: Server;
  /** Connections that ever came. */
  accepted = 0;
  /** Bytes that the store has said. */
  said = 0;

  private constructor(private readonly target: () => number) {
    this.server = createServer((socket) => this.accept(socket));
  }

  static async before(target: () => number): Promise<Proxy> {
    const proxy = new Proxy(target);
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Open connections of the replica. */
  get connections(): number {
    return this.clients.size;
  }

  set(partition: Partition): void {
    this.partition = partition;
    if (partition === 'cut') this.destroyAll();
    if (partition === 'silent') for (const socket of this.sockets) this.dead.add(socket);
  }

  async close(): Promise<void> {
    this.destroyAll();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private accept(socket: Socket): void {
    this.accepted += 1;
    socket.on('error', () => undefined);
    if (this.partition === 'cut') return void socket.destroy();
    this.track(socket, this.clients);
    this.track(socket, this.sockets);
    if (this.partition === 'silent') return this.silence(socket);
    const upstream = connect(this.target(), '127.0.0.1');
    upstream.on('error', () => socket.destroy());
    socket.on('close', () => upstream.destroy());
    this.track(upstream, this.sockets);
    socket.on('data', (chunk) => this.dead.has(socket) || upstream.write(chunk));
    this.answer(upstream, socket);
  }

  /** Whatever the store says, in order, and that it has gone. */
  private answer(upstream: Socket, socket: Socket): void {
    const said: (() => void)[] = [];
    const pass = (what: () => void): void => {
      said.push(() => this.dead.has(socket) || what());
      if (this.partition === 'slow' || said.length > 1) setTimeout(() => said.shift()?.(), SLOW);
      else said.shift()?.();
    };
    upstream.on('data', (chunk: Buffer) => {
      this.said += chunk.length;
      pass(() => void (socket.writable && socket.write(chunk)));
    });
    upstream.on('close', () => pass(() => void socket.destroy()));
  }

  /** What it says is taken, and that it goes is noticed. */
  private silence(socket: Socket): void {
    this.dead.add(socket);
    socket.resume();
  }

  private track(socket: Socket, sockets: Set<Socket>): void {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  }

  private destroyAll(): void {
    for (const socket of this.sockets) socket.destroy();
  }
}
