import type { Server } from 'node:http';
import type { ExpressApplication } from './express-layers.js';

/** A mount path is literal where it says itself which targets it covers. */
const LITERAL = /^(?:\/[^:*?+(){}[\]\\]*)?$/;

interface Mount {
  readonly parent: ExpressApplication;
  readonly paths: readonly unknown[];
}

/**
 * The Express applications that an application is mounted in. They are what a server made by hand was given as its listener:
 * `http.createServer(parent)`.
 */
export class ParentApplications {
  private readonly mounts: Mount[] = [];

  constructor(private readonly application: ExpressApplication) {
    const { parent } = application;
    if (parent !== undefined) this.mounts.push(mountIn(parent, application));
    application.on('mount', (by) => void this.mounts.push(mountIn(by, application)));
  }

  /** The paths below which a server's requests reach the application, `''` for all of them; none where it is not known to. */
  reachedFrom(server: Server): readonly string[] {
    const listeners: readonly unknown[] = server.listeners('request');
    const own = listeners.includes(this.application) ? [''] : [];
    return [...own, ...this.mounts.flatMap((mount) => below(mount, listeners))];
  }
}

/** Express says of an application only where it was mounted last. */
function mountIn(parent: ExpressApplication, { mountpath }: ExpressApplication): Mount {
  return { parent, paths: [mountpath].flat() };
}

function below({ parent, paths }: Mount, listeners: readonly unknown[]): readonly string[] {
  const outer = listeners.includes(parent) ? [''] : [];
  const further =
    parent.parent === undefined ? [] : below(mountIn(parent.parent, parent), listeners);
  return [...outer, ...further].flatMap((base) => paths.map((path) => join(base, path)));
}

/** Below a pattern anything may be the application's. */
function join(base: string, path: unknown): string {
  if (typeof path !== 'string' || !LITERAL.test(path)) return '';
  return base + path.replace(/\/$/, '');
}
