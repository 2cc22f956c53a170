import { Refusal } from './refusal.js';

/** The way to open a connection, and to be rid of it at once, whatever state it is in. */
export interface ConnectionMaker<Connection> {
  /** @param givenUp aborts where it is destroyed, possibly half open: a store that accepts and says nothing is waited for no longer */
  open(givenUp: AbortSignal): Promise<Connection>;
  /** Never waits, and never throws: nothing may come of a connection that carries nothing any more. */
  destroy(connection: Connection): void;
}

/** A connection, from the moment it is asked for. */
interface Owned<Connection> {
  readonly opened: Promise<Connection>;
  readonly givenUp: AbortController;
}

/**
 * A connection that a source has for itself. It is opened when it is needed, and destroyed with the first failure or deadline:
 * waiting on one that a silent partition took would last as long as the partition did. Whoever polls reconnects thereby.
 */
export class OwnedConnection<Connection> {
  private current: Owned<Connection> | undefined;
  private closed = false;

  constructor(private readonly maker: ConnectionMaker<Connection>) {}

  /** Does work over the connection. */
  async use<Result>(
    signal: AbortSignal,
    work: (connection: Connection) => Promise<Result>,
  ): Promise<Result> {
    if (this.closed) throw new Error('the source is closed');
    const current = (this.current ??= this.begin());
    const drop = (): void => this.drop(current);
    signal.addEventListener('abort', drop, { once: true });
    try {
      return await work(await current.opened);
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

  private begin(): Owned<Connection> {
    const givenUp = new AbortController();
    return { opened: this.maker.open(givenUp.signal), givenUp };
  }

  private drop(owned: Owned<Connection>): void {
    if (this.current === owned) this.current = undefined;
    owned.givenUp.abort();
    owned.opened.then(
      (connection) => this.maker.destroy(connection),
      () => undefined, // it never was one
    );
  }
}
