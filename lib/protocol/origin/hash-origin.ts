import { randomBytes } from 'node:crypto';

/** Of this process: whoever chooses origins cannot choose where they fall. */
const SEED = randomBytes(4).readInt32LE();
const FACTOR = randomBytes(4).readInt32LE() | 1;

/** 32 bits, unsigned. Not a polynomial, whose collisions are the same for every factor. */
export function hashOrigin(origin: string): number {
  let hash = SEED;
  for (let index = 0; index < origin.length; index += 1) {
    hash = Math.imul(hash ^ origin.charCodeAt(index), FACTOR);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash ^ (hash >>> 13), 0x85ebca6b);
  return (hash ^ (hash >>> 16)) >>> 0;
}
