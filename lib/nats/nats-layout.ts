/** The keys of a state in a bucket. */
export interface NatsLayout {
  /** The state as JSON, or, where it is long, how many pieces it has. */
  readonly state: string;
  /** The change that led to this revision, as JSON. */
  readonly delta: string;
  /** Written to be told the time by the store. */
  readonly clock: string;
}

export function layoutOf(key: string): NatsLayout {
  return { state: key, delta: `${key}.delta`, clock: `${key}.clock` };
}

/** Piece by piece under the name of its revision: the pieces are there before the state names them. */
export function pieceKey(key: string, revision: number, index: number): string {
  return `${key}.${revision}.${index}`;
}

/** Bytes of a piece: a message has a megabyte at most. */
export const PIECE = 512 * 1024;

/** The state where it is in pieces. */
export interface Pieces {
  readonly format: 1;
  readonly revision: number;
  readonly pieces: number;
  readonly bytes: number;
}

/** Reads the value of the state's key as {@link Pieces}, where it is that. */
export function piecesIn(value: Uint8Array): Pieces | undefined {
  if (value.length > 200) return undefined;
  try {
    const given = JSON.parse(Buffer.from(value).toString('utf8')) as Partial<Pieces> | null;
    const { pieces = 0, bytes = 0, revision } = given ?? {};
    const whole = Number.isSafeInteger(revision) && Number.isSafeInteger(bytes) && bytes > 0;
    return whole && pieces === Math.ceil(bytes / PIECE) ? (given as Pieces) : undefined;
  } catch {
    return undefined;
  }
}
