import type { WebSocketAdapter } from '@nestjs/common';
import type { ApplicationConfig } from '@nestjs/core';

/** A server or a namespace, just created by a WebSocket adapter. */
export interface Creation {
  readonly created: unknown;
  readonly adapter: object;
  readonly port: number;
  readonly options: Readonly<Record<string, unknown>>;
}

const OBSERVED = Symbol('nestjs-cors.observed');

type Observable = WebSocketAdapter & { [OBSERVED]?: true };

/**
 * Calls back with whatever a WebSocket adapter creates for gateways, in the moment in which it does: servers with a port of
 * their own listen from then on. The adapter may be set by the application, or by Nest when it meets the first gateway.
 */
export function observeAdapters(
  config: ApplicationConfig,
  callback: (creation: Creation) => void,
): void {
  const present = config.getIoAdapter() as Observable | undefined;
  if (present) observe(present, callback);
  const set = config.setIoAdapter.bind(config);
  config.setIoAdapter = (adapter) => {
    observe(adapter, callback);
    set(adapter);
  };
}

function observe(adapter: Observable, callback: (creation: Creation) => void): void {
  if (adapter[OBSERVED]) return;
  const create = adapter.create.bind(adapter);
  adapter[OBSERVED] = true;
  adapter.create = (port: number, options?: unknown): unknown => {
    const created: unknown = create(port, options);
    callback({ created, adapter, port, options: (options ?? {}) as Creation['options'] });
    return created;
  };
}
