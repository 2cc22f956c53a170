import type { IncomingMessage } from 'node:http';
import { namespaceOf, type Gateway } from './gateway.js';
import type { UpgradeJudge } from './upgrade-judge.js';

/** What is used of a socket.io namespace, or of a server, which is its own first namespace. */
interface NamespaceView {
  use?(middleware: (socket: SocketView, next: (error?: Error) => void) => void): unknown;
}

interface SocketView {
  readonly request: IncomingMessage;
}

/** The gateways that clients of a namespace reach. */
export function ofNamespace(gateways: readonly Gateway[], namespace: unknown): readonly Gateway[] {
  const name = namespaceOf(namespace);
  return gateways.filter((gateway) => gateway.namespace === name);
}

/**
 * Namespaces share a connection, so an upgrade is let in for whatever namespace would take its origin; each namespace decides
 * again when a client joins it. A client that may not sees `connect_error`.
 */
export function gateNamespace(
  created: unknown,
  members: readonly Gateway[],
  judge: UpgradeJudge,
  failed: (error: unknown) => void,
): void {
  const namespace = created as NamespaceView;
  if (members.length === 0 || typeof namespace.use !== 'function') return;
  const mayJoin = async ({ request }: SocketView): Promise<boolean> => {
    try {
      const choices = judge.choicesAt(request.url ?? '/', members);
      return (await judge.decide(request, choices)).allowed;
    } catch (error) {
      failed(error);
      return false;
    }
  };
  const join = async (socket: SocketView, next: (error?: Error) => void): Promise<void> =>
    next((await mayJoin(socket)) ? undefined : new Error('origin not allowed'));
  namespace.use((socket, next) => void join(socket, next));
}
