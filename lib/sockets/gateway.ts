import type { Type } from '@nestjs/common';
import type { ModulesContainer } from '@nestjs/core';

/** A `@WebSocketGateway()` class, as its decorator describes it. */
export interface Gateway {
  readonly type: Type;
  /** `0`: the application's own server. */
  readonly port: number;
  readonly path: string | undefined;
  /** socket.io only; an expression or a function where namespaces are dynamic. */
  readonly namespace: unknown;
  /** The CORS options of its own; `undefined` where it has none. */
  readonly cors: unknown;
}

/** Keys of Nest's metadata; `@nestjs/websockets` itself may not be installed. */
const IS_GATEWAY = 'websockets:is_gateway';
const OPTIONS = 'websockets:gateway_options';
const PORT = 'port';

/** Every gateway class of the application, once. */
export function gatewaysOf(modules: ModulesContainer): readonly Gateway[] {
  const types = new Set<Type>();
  for (const module of modules.values()) {
    for (const { metatype, inject } of module.providers.values()) {
      if (typeof metatype !== 'function' || inject) continue;
      if (Reflect.hasMetadata(IS_GATEWAY, metatype)) types.add(metatype as Type);
    }
  }
  return [...types].map(gatewayOf);
}

function gatewayOf(type: Type): Gateway {
  const options = (Reflect.getMetadata(OPTIONS, type) ?? {}) as Record<string, unknown>;
  const { path, namespace, cors } = options;
  return {
    type,
    port: Number(Reflect.getMetadata(PORT, type) ?? 0),
    path: typeof path === 'string' ? path : undefined,
    namespace: namespaceOf(namespace),
    cors: cors === false ? undefined : cors,
  };
}

/** As Nest names it for socket.io; `undefined` is the namespace that every client starts in. */
export function namespaceOf(namespace: unknown): unknown {
  if (typeof namespace !== 'string') return namespace ?? undefined;
  const name = namespace.startsWith('/') ? namespace : `/${namespace}`;
  return name === '/' ? undefined : name;
}

/** Clients of one cannot be told from clients of the other: one server, one path, one namespace. */
export function sharesSockets(left: Gateway, right: Gateway): boolean {
  return left.port === right.port && left.path === right.path && left.namespace === right.namespace;
}
