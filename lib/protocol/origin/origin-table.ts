import type { GrowingOrigins } from './exact-origins.js';
import { hashOrigin } from './hash-origin.js';

/** Bytes of a block of text. A table grows by a block at a time, and never copies what it has. */
const BLOCK = 1 << 20;
const BLOCK_BITS = 20;
/** Bytes before each text, for its length. */
const PREFIX = 2;

/**
 * A set of ASCII texts, exact, for a million of them: open addressing over bytes, in a third of the memory of a `Set` with its
 * strings and without its pause of a third of a second while it grows. The size is known before; nothing is ever removed.
 */
export class OriginTable implements GrowingOrigins {
  /** Where each text begins, plus one; 0 for none. */
  private readonly slots: Uint32Array;
  /** The low bits of each hash, so that most comparisons end here. */
  private readonly tags: Uint8Array;
  private readonly mask: number;
  private readonly blocks: Uint8Array[] = [];
  private used = 0;
  private count = 0;
  private hashes = 0;

  /** @param capacity the most texts that there will be */
  constructor(private readonly capacity: number) {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(2, capacity) * 1.4));
    this.slots = new Uint32Array(slots);
    this.tags = new Uint8Array(slots);
    this.mask = slots - 1;
  }

  get size(): number {
    return this.count;
  }

  /** Equal for tables of the same texts in this process, in whatever order they came. */
  get sum(): number {
    return this.hashes;
  }

  has(origin: string): boolean {
    return this.slots[this.slotOf(origin, hashOrigin(origin))] !== 0;
  }

  /** @returns `false` where it is there already */
  add(origin: string): boolean {
    const hash = hashOrigin(origin);
    const slot = this.slotOf(origin, hash);
    if (this.slots[slot] !== 0) return false;
    if (this.count === this.capacity) throw new RangeError('more origins than were announced');
    this.slots[slot] = this.append(origin) + 1;
    this.tags[slot] = hash & 255;
    this.count += 1;
    this.hashes += hash;
    return true;
  }

  /** In the order in which they were added. */
  *[Symbol.iterator](): Generator<string> {
    for (const [index, block] of this.blocks.entries()) {
      const end = index === this.blocks.length - 1 ? this.used - index * BLOCK : BLOCK;
      let at = 0;
      while (at + PREFIX <= end) {
        const length = lengthAt(block, at);
        if (length === 0) break; // the next one did not fit
        yield String.fromCharCode(...block.subarray(at + PREFIX, at + PREFIX + length));
        at += PREFIX + length;
      }
    }
  }

  /** The slot of a text, or the free one where it belongs. */
  private slotOf(origin: string, hash: number): number {
    const { slots, tags, mask } = this;
    const tag = hash & 255;
    let slot = (hash >>> 8) & mask;
    for (;;) {
      const start = slots[slot] as number;
      if (start === 0 || (tags[slot] === tag && this.isAt(start - 1, origin))) return slot;
      slot = (slot + 1) & mask;
    }
  }

  private isAt(start: number, origin: string): boolean {
    const block = this.blocks[start >>> BLOCK_BITS] as Uint8Array;
    const at = start & (BLOCK - 1);
    if (lengthAt(block, at) !== origin.length) return false;
    for (let index = 0; index < origin.length; index += 1) {
      if (block[at + PREFIX + index] !== origin.charCodeAt(index)) return false;
    }
    return true;
  }

  /** Texts do not cross from one block into the next. */
  private append(origin: string): number {
    const needed = PREFIX + origin.length;
    if ((this.used & (BLOCK - 1)) + needed > BLOCK || this.blocks.length === 0) {
      this.used = this.blocks.length * BLOCK;
      this.blocks.push(new Uint8Array(BLOCK));
    }
    const start = this.used;
    const block = this.blocks[start >>> BLOCK_BITS] as Uint8Array;
    const at = start & (BLOCK - 1);
    block[at] = origin.length & 255;
    block[at + 1] = origin.length >>> 8;
    for (let index = 0; index < origin.length; index += 1)
      block[at + PREFIX + index] = origin.charCodeAt(index);
    this.used += needed;
    return start;
  }
}

function lengthAt(block: Uint8Array, at: number): number {
  return (block[at] as number) | ((block[at + 1] as number) << 8);
}
