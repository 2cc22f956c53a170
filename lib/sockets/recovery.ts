/** The part that is used of socket.io's `Client`: a connection, which several namespaces share. */
export interface ClientView<Request> {
  readonly request: Request;
}

/** A client's packet when it joins a namespace. `pid` and `offset` are for a session that it lost. */
type Auth = Readonly<Record<string, unknown>>;

type Joined<Socket> = (socket: Socket) => void;
type Add<Request, Socket> = (
  client: ClientView<Request>,
  auth: Auth,
  joined?: Joined<Socket>,
) => unknown;

/** The parts that are used of a namespace, of one whose name is a pattern, and of a server. */
interface NamespaceView<Request, Socket> {
  ['_add']?: Add<Request, Socket>;
  createChild?(name: string): object;
  readonly sockets?: object;
}

/** The decision about a client that asks for its session. */
export interface Recovery<Socket> {
  readonly allowed: boolean;
  /** Changes what the gateway sees of the client, before it sees it. */
  readonly prepare?: (socket: Socket) => void;
}

/**
 * Decides before socket.io recovers a session (`connectionStateRecovery`): recovery skips the middleware of the namespace, and
 * sends the client what it missed before anything else could run. A client that may not is treated as a new one, whom the
 * middleware turns away.
 */
export function gateRecovery<Request, Socket>(
  created: object,
  decide: (client: ClientView<Request>) => Promise<Recovery<Socket>>,
): void {
  const view = created as NamespaceView<Request, Socket>;
  const namespace = (view['_add'] === undefined ? view.sockets : view) as typeof view | undefined;
  const add = namespace?.['_add']?.bind(namespace);
  if (namespace === undefined || add === undefined) return;
  namespace['_add'] = async (client, auth, joined): Promise<unknown> => {
    if (typeof auth['pid'] !== 'string') return add(client, auth, joined);
    const { allowed, prepare } = await decide(client);
    if (!allowed) return add(client, { ...auth, pid: undefined }, joined);
    return add(client, auth, (socket) => {
      prepare?.(socket);
      joined?.(socket);
    });
  };
  const createChild = namespace.createChild?.bind(namespace);
  if (createChild === undefined) return;
  namespace.createChild = (name): object => {
    const child = createChild(name);
    gateRecovery(child, decide);
    return child;
  };
}
