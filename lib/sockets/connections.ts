import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Server } from 'node:http';

/** Node publishes every connection that a server of the process accepts, before anything of it is read. */
const CHANNEL = 'net.server.socket';

/**
 * Calls back with the server of every connection of the process: a server made by hand is nowhere to be seen before, and the
 * first thing that it gets may be an upgrade.
 *
 * @returns the way to end it
 */
export function watchConnections(callback: (server: Server) => void): () => void {
  // An application that was never closed is not kept for the sake of servers that it has nothing to do with.
  const watcher = new WeakRef(callback);
  const listener = (message: unknown): void => {
    const { server } = (message as { socket: { server?: Server } }).socket;
    const watching = watcher.deref();
    if (watching === undefined) unsubscribe(CHANNEL, listener);
    else if (server !== undefined) watching(server);
  };
  subscribe(CHANNEL, listener);
  return () => void unsubscribe(CHANNEL, listener);
}
