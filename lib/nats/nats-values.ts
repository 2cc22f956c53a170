import type { KV } from '@nats-io/kv';
import { LARGEST_STATE, tooLarge } from '../live/adapters.js';
import { PIECE, pieceKey, piecesIn } from './nats-layout.js';

/** The bytes of a state, put together where it is in pieces. */
export async function readValue(kv: KV, key: string, value: Uint8Array): Promise<Buffer> {
  const pieces = piecesIn(value);
  if (pieces === undefined) return Buffer.from(value);
  if (pieces.bytes > LARGEST_STATE) throw tooLarge();
  const bytes = Buffer.alloc(pieces.bytes);
  for (let index = 0; index < pieces.pieces; index += 1) {
    const piece = await kv.get(pieceKey(key, pieces.revision, index));
    if (piece === null)
      throw new Error('a piece of the state is gone: it changed while it was read');
    bytes.set(piece.value, index * PIECE);
  }
  return bytes;
}

/**
 * Writes the pieces of a state that is too long for one message.
 *
 * @returns what is to be written in its place
 */
export async function writePieces(
  kv: KV,
  key: string,
  revision: number,
  bytes: Buffer,
): Promise<string | Buffer> {
  if (bytes.length <= PIECE) return bytes;
  const pieces = Math.ceil(bytes.length / PIECE);
  for (let index = 0; index < pieces; index += 1)
    await kv.put(
      pieceKey(key, revision, index),
      bytes.subarray(index * PIECE, (index + 1) * PIECE),
    );
  return JSON.stringify({ format: 1, revision, pieces, bytes: bytes.length });
}

/** Takes the pieces of a state away that nobody reads any more. */
export async function purgePieces(kv: KV, key: string, value: Uint8Array): Promise<void> {
  const pieces = piecesIn(value);
  for (let index = 0; index < (pieces?.pieces ?? 0); index += 1)
    await kv.purge(pieceKey(key, pieces?.revision ?? 0, index));
}
