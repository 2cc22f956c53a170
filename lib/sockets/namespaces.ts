import type { IncomingMessage } from 'node:http';
import { namespaceOf, type Gateway } from './gateway.js';
import { gateRecovery } from './recovery.js';
import type { OpenSockets } from './open-sockets.js';
import { isAllowed, type UpgradeJudge, type Verdict, withholds } from './upgrade-judge.js';
import { requestWithoutCredentials } from './withhold-credentials.js';

/** A function of `namespace.use()`. */
type Middleware = (socket: SocketView, next: (error?: Error) => void) => void;

/** The part that is used of a socket.io namespace, or of a server, which is its own first namespace. */
interface NamespaceView {
  use?(middleware: Middleware): unknown;
  /** The middleware of a namespace, in order; a server keeps those of its first namespace there. */
  readonly ['_fns']?: Middleware[];
  readonly sockets?: { readonly ['_fns']?: Middleware[] };
}

/** The part that is used of a client in a namespace. */
interface SocketView {
  /** The handshake of the connection, which all its namespaces share. */
  readonly request: IncomingMessage;
  handshake?: { readonly headers?: object };
  once?(event: 'disconnect', listener: () => void): unknown;
  disconnect?(): unknown;
}

/** The gateways that clients of a namespace reach. */
export function ofNamespace(gateways: readonly Gateway[], namespace: unknown): readonly Gateway[] {
  const name = namespaceOf(namespace);
  return gateways.filter((gateway) => gateway.namespace === name);
}

/**
 * Namespaces share a connection, so an upgrade is let in for whatever namespace would take its origin; each namespace decides
 * again when a client joins it, or comes back to it. A client that may not sees `connect_error`.
 */
export function gateNamespace(
  created: unknown,
  members: readonly Gateway[],
  judge: UpgradeJudge,
  failed: (error: unknown) => void,
  open?: OpenSockets,
): void {
  const namespace = created as NamespaceView;
  if (members.length === 0 || typeof namespace.use !== 'function') return;
  const deny = (error: unknown): Verdict => {
    failed(error);
    return { allowed: false };
  };
  const decide = ({ request }: Pick<SocketView, 'request'>): Verdict | Promise<Verdict> => {
    try {
      const verdict = judge.decide(request, judge.choicesAt(request.url ?? '/', members));
      return 'allowed' in verdict ? verdict : verdict.catch(deny);
    } catch (error) {
      return deny(error);
    }
  };
  const letIn = (socket: SocketView, verdict: Verdict, since: number): void => {
    if (withholds(verdict)) withhold(socket);
    if (open === undefined) return;
    const stillAllowed = (): boolean | Promise<boolean> => isAllowed(decide(socket));
    const gone = open.add({ stillAllowed, close: () => socket.disconnect?.() }, since);
    socket.once?.('disconnect', gone);
  };
  const join = async (socket: SocketView, next: (error?: Error) => void): Promise<void> => {
    const since = open?.changes ?? 0;
    const verdict = await decide(socket);
    if (verdict.allowed) letIn(socket, verdict, since);
    next(verdict.allowed ? undefined : new Error('origin not allowed'));
  };
  gateRecovery<IncomingMessage, SocketView>(namespace, async (client) => {
    const since = open?.changes ?? 0;
    const verdict = await decide(client);
    return { allowed: verdict.allowed, prepare: (socket) => letIn(socket, verdict, since) };
  });
  useFirst(namespace, (socket, next) => void join(socket, next));
}

/** An adapter may have registered middleware when it made the server, such as one that reads the session cookie. */
function useFirst(namespace: NamespaceView, middleware: Middleware): void {
  namespace.use?.(middleware);
  const inOrder = namespace['_fns'] ?? namespace.sockets?.['_fns'];
  if (inOrder?.at(-1) === middleware) inOrder.unshift(...inOrder.splice(-1));
}

/** Another namespace of the connection may allow credentials: they are taken off this client's view of the handshake only. */
function withhold(socket: SocketView): void {
  const request = requestWithoutCredentials(socket.request);
  Object.defineProperty(socket, 'request', { value: request, configurable: true });
  socket.handshake = { ...socket.handshake, headers: request.headers };
}
