/** One `fetch()` call, as plain data: both browsers make their own call of it. */
export interface PlannedFetch {
  readonly url: string;
  readonly method: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly mode: 'cors' | 'no-cors' | 'same-origin';
  readonly credentials: 'omit' | 'same-origin' | 'include';
  readonly redirect: 'follow' | 'error' | 'manual';
  readonly cache: 'default' | 'no-store' | 'reload' | 'no-cache' | 'force-cache';
  readonly body: { readonly kind: 'text' | 'form' | 'bytes'; readonly value: string } | null;
}

/** What the server answers to one kind of request. */
export interface PlannedAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
}

/** One URL of the server: what it answers to preflights and to everything else. */
export interface PlannedResource {
  readonly preflight: PlannedAnswer;
  readonly actual: PlannedAnswer;
}

/** A page, the fetches that it makes one after the other, and the resources that they meet. */
export interface Scenario {
  readonly page: string;
  readonly fetches: readonly PlannedFetch[];
  /** By path. */
  readonly resources: ReadonlyMap<string, PlannedResource>;
}

/** What a page can tell of a fetch. */
export interface Observation {
  readonly allowed: boolean;
  readonly reason?: string;
  readonly status?: number;
  readonly type?: string;
  readonly url?: string;
  readonly redirected?: boolean;
  readonly headers?: readonly (readonly [string, string])[];
  readonly text?: string;
}

/** What the server saw of it, without what depends on the connection. */
export type WireLog = Readonly<Record<string, string>>;
