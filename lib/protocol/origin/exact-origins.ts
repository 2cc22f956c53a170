/** Origins that are allowed by name. Every `Set` is one. */
export interface ExactOrigins extends Iterable<string> {
  readonly size: number;
  has(origin: string): boolean;
}

/** The same while it is filled. */
export interface GrowingOrigins extends ExactOrigins {
  add(origin: string): unknown;
}
