import { Refusal } from './refusal.js';

/** The way to open a connection, and to be rid of it at once, whatever state it is in. */
export interface ConnectionMaker<Connection> {
  open(): Promise<Connection>;
  /** Never waits, and never throws: nothing may come of a connection that carries nothing any more. */
  destroy(connection: Connection): void;
}

/**
 * A connection that a source has for itself. It is opened when it is needed, and destroyed with the first failure or deadline:
 * waiting on one that a silent partition took would last as long as the partition did. Whoever polls reconnects thereby.
 */
export class OwnedConnection<Connection> {
  private current: Promise<Connection> | undefined;
  private closed = false;

  constructor(private readonly maker: ConnectionMaker<Connection>) {}

  /** Does work over the connection. */
  async use<Result>(
    signal: AbortSignal,
    work: (connection: Connection) => Promise<Result>,
  ): Promise<Result> {
    if (this.closed) throw new Error('the source is closed');
    const current = (this.current ??= this.maker.open());
    const drop = (): void => this.drop(current);
    signal.addEventListener('abort', drop, { once: true });
    try {
      return await work(await current);
    } catch (error) {
      if (!Refusal.is(error)) drop();
      throw error;
    } finally {
      signal.removeEventListener('abort', drop);
    }
  }

  close(): void {
    this.closed = true;
    if (this.current !== undefined) this.drop(this.current);
  }

  private drop(connection: Promise<Connection>): void {
    if (this.current === connection) this.current = undefined;
    connection.then(
      (opened) => this.maker.destroy(opened),
      () => undefined, // it never was one
    );
  }
}
