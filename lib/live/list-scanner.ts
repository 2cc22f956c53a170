/** Bytes that are looked at in one go. */
const STEP = 1 << 15;
/** Elements of a page. */
const PAGE = 500;
/** Where lists stand: in the state, in `policies`, in a policy. */
const LIST_DEPTH = 3;
/** Shorter lists are read with what is around them. */
const LONG = 1 << 14;

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** A long list in the text of a state. */
export interface LongList {
  /** Of its brackets. */
  readonly start: number;
  readonly end: number;
  readonly count: number;
  /** Where each page ends; between two of them stands a comma. */
  readonly cuts: readonly number[];
}

/**
 * Finds the long lists in the text of a state, so that nobody has to parse them in one go. Pauses so that others may have
 * their turn. Whether the text is JSON, parsing its parts tells.
 */
export class ListScanner {
  readonly found: LongList[] = [];
  private depth = 0;
  private inString = false;
  private start = -1;
  private commas = 0;
  private cuts: number[] = [];

  constructor(private readonly bytes: Uint8Array) {}

  *scan(): Generator<void> {
    const { bytes } = this;
    for (let from = 0; from < bytes.length; from += STEP) {
      const to = Math.min(bytes.length, from + STEP);
      for (let at = from; at < to; at += 1) at = this.look(bytes[at] as number, at);
      yield;
    }
  }

  /** @returns the last byte that was looked at */
  private look(byte: number, at: number): number {
    if (this.inString) {
      if (byte === QUOTE) this.inString = false;
      return byte === BACKSLASH ? at + 1 : at;
    }
    if (byte === QUOTE) this.inString = true;
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) this.open(byte, at);
    else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) this.close(byte, at);
    else if (byte === COMMA && this.depth === LIST_DEPTH + 1 && this.start !== -1) this.comma(at);
    return at;
  }

  private open(byte: number, at: number): void {
    if (byte === OPEN_LIST && this.depth === LIST_DEPTH) {
      this.start = at;
      this.commas = 0;
      this.cuts = [];
    }
    this.depth += 1;
  }

  /** A list that is closed by something else stays where it is, and is found to be no JSON. */
  private close(byte: number, at: number): void {
    this.depth -= 1;
    if (this.depth !== LIST_DEPTH || this.start === -1) return;
    const { start, commas, cuts } = this;
    if (at - start > LONG && byte === CLOSE_LIST)
      this.found.push({ start, end: at + 1, count: commas + 1, cuts });
    this.start = -1;
  }

  private comma(at: number): void {
    this.commas += 1;
    if (this.commas % PAGE === 0) this.cuts.push(at);
  }
}
