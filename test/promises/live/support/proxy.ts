import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** `'silent'`: what is open carries nothing ever again, and what connects meanwhile neither. */
export type Partition = 'none' | 'cut' | 'silent';

/** A TCP proxy before one replica's store. */
export class Proxy {
  private partition: Partition = 'none';
  private readonly sockets = new Set<Socket>();
  private readonly dead = new WeakSet<Socket>();
  private readonly server: Server;

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

  set(partition: Partition): void {
    this.partition = partition;
    if (partition === 'cut') this.destroyAll();
    if (partition === 'silent') for (const socket of this.sockets) this.silence(socket);
  }

  async close(): Promise<void> {
    this.destroyAll();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private accept(socket: Socket): void {
    socket.on('error', () => undefined);
    if (this.partition === 'cut') return void socket.destroy();
    this.track(socket);
    if (this.partition === 'silent') return this.silence(socket);
    const upstream = connect(this.target(), '127.0.0.1');
    upstream.on('error', () => socket.destroy());
    upstream.on('close', () => this.dead.has(socket) || socket.destroy());
    socket.on('close', () => upstream.destroy());
    this.track(upstream);
    socket.on('data', (chunk) => this.dead.has(socket) || upstream.write(chunk));
    upstream.on('data', (chunk) => this.dead.has(upstream) || socket.write(chunk));
  }

  private track(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
  }

  private silence(socket: Socket): void {
    this.dead.add(socket);
  }

  private destroyAll(): void {
    for (const socket of this.sockets) socket.destroy();
  }
}
