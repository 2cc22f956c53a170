/** Disputes that a legitimate target has fewer of. */
const MAX_DISPUTES = 32;

/** A path after one pass over it. */
export interface ScannedPath {
  /** Where services may begin to disagree: at an encoded character, another separator than a slash, or a second slash; else -1. */
  readonly disputed: number;
  /** Every service reads what was sent: nothing is encoded, separated otherwise, unusual, or led back by dots. */
  readonly isPlain: boolean;
}

const SPACE = 0x20;
const HASH = 0x23;
const PERCENT = 0x25;
const DOT = 0x2e;
const SLASH = 0x2f;
const SEMICOLON = 0x3b;
const BACKSLASH = 0x5c;
const TILDE = 0x7e;

/**
 * Reads a path once, before anything is decoded. `undefined` where there is more to dispute than a legitimate target has: it is
 * not read to its end, so that it costs no more than another.
 */
export function scanPath(path: string): ScannedPath | undefined {
  let disputed = -1;
  let disputes = 0;
  let isPlain = true;
  let before = 0;
  for (let index = 0; index < path.length; index += 1) {
    const code = path.charCodeAt(index);
    if (isDisputed(code, before)) {
      if (disputed === -1) disputed = index;
      if (code !== PERCENT || encodesSeparator(path, index)) disputes += 1;
    } else if (code === SLASH) {
      if (disputed !== -1) disputes += 1;
    } else if (code === DOT && before === SLASH) {
      isPlain = false;
      disputes += 1;
    } else if (code < SPACE || code > TILDE) isPlain = false;
    if (disputes > MAX_DISPUTES) return undefined;
    before = code;
  }
  return { disputed, isPlain: isPlain && disputed === -1 };
}

function isDisputed(code: number, before: number): boolean {
  if (code === SLASH) return before === SLASH;
  return (
    code === PERCENT || code === SEMICOLON || code === BACKSLASH || code === HASH || code === SPACE
  );
}

/** `%23`, `%25`, `%2e`, `%2f`, `%3b`, `%3f` or `%5c`: no letter of a name, which may well have many that are encoded. */
function encodesSeparator(path: string, index: number): boolean {
  const high = path.charCodeAt(index + 1);
  if (high < 0x32 || high > 0x35) return false;
  // The letters of both cases differ in one bit, which digits have set.
  const low = path.charCodeAt(index + 2) | 0x20;
  if (high === 0x32) return low === 0x33 || low === 0x35 || low === 0x65 || low === 0x66;
  return high === 0x33 ? low === 0x62 || low === 0x66 : high === 0x35 && low === 0x63;
}
