import type { ExactOrigins } from './exact-origins.js';

/** Origins on top of others, and some that are taken from those: what a change to a large set costs is its own size. */
export class LayeredOrigins implements ExactOrigins {
  readonly size: number;

  constructor(
    readonly base: ExactOrigins,
    /** None of them in the base. */
    readonly added: ReadonlySet<string>,
    /** All of them in the base. */
    readonly removed: ReadonlySet<string>,
  ) {
    this.size = base.size + added.size - removed.size;
  }

  has(origin: string): boolean {
    return this.added.has(origin) || (this.base.has(origin) && !this.removed.has(origin));
  }

  *[Symbol.iterator](): Generator<string> {
    for (const origin of this.base) if (!this.removed.has(origin)) yield origin;
    yield* this.added;
  }

  /** The same with a change; nothing of this one changes. */
  with(add: Iterable<string>, remove: Iterable<string>): LayeredOrigins {
    const [added, removed] = [new Set(this.added), new Set(this.removed)];
    for (const origin of remove) {
      if (!added.delete(origin) && this.base.has(origin)) removed.add(origin);
    }
    for (const origin of add) {
      if (!removed.delete(origin) && !this.base.has(origin)) added.add(origin);
    }
    return new LayeredOrigins(this.base, added, removed);
  }
}

/** Origins with a change. */
export function changed(
  origins: ExactOrigins,
  add: Iterable<string>,
  remove: Iterable<string>,
): LayeredOrigins {
  const layered =
    origins instanceof LayeredOrigins ? origins : new LayeredOrigins(origins, new Set(), new Set());
  return layered.with(add, remove);
}
