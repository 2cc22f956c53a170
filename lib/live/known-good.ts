import { createHash, randomBytes } from 'node:crypto';
import { open, readFile, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import type { CorsSnapshot } from '../config/live/live-options.js';
import type { Candidate } from './candidate.js';
import { writtenState } from './written-state.js';
import { LARGEST_STATE } from './parse-state.js';

const HEADER = /^nestjs-cors live 1 sha256:([0-9a-f]{64})\n/;
const HEADER_LENGTH = 'nestjs-cors live 1 sha256:'.length + 64 + 1;
const OWNER_ONLY = 0o600;

/** The file that keeps the last accepted state, for the day on which the source does not answer. */
export class KnownGood {
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly path: string) {}

  /**
   * The state in the file; `undefined` where there is no file.
   *
   * @throws Error where it is not the file that was written
   */
  async read(parse: (bytes: Buffer) => Promise<CorsSnapshot>): Promise<CorsSnapshot | undefined> {
    const bytes = await this.bytes();
    if (bytes === undefined) return undefined;
    const [, expected] = HEADER.exec(bytes.subarray(0, HEADER_LENGTH).toString('latin1')) ?? [];
    if (expected === undefined) throw new Error('it does not begin as this module writes it');
    const body = bytes.subarray(HEADER_LENGTH);
    if (createHash('sha256').update(body).digest('hex') !== expected)
      throw new Error('its SHA-256 is another one: it was cut short, or somebody changed it');
    return parse(body);
  }

  /** Writes beside the file and renames: whoever reads it sees the old one or the new one. One at a time, the newest last. */
  write(candidate: Candidate): Promise<void> {
    this.writing = this.writing.catch(() => undefined).then(() => this.replace(candidate));
    return this.writing;
  }

  /** Settles when nothing is being written. */
  async settled(): Promise<void> {
    await this.writing.catch(() => undefined);
  }

  private async bytes(): Promise<Buffer | undefined> {
    try {
      if ((await stat(this.path)).size > LARGEST_STATE + HEADER_LENGTH)
        throw new Error('it is too large');
      return await readFile(this.path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  private async replace(candidate: Candidate): Promise<void> {
    const beside = `${this.path}.${randomBytes(6).toString('hex')}`;
    try {
      const file = await open(beside, 'wx', OWNER_ONLY);
      try {
        await writeState(file, candidate);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(beside, this.path);
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
  }
}

/** The digest stands first and is known last: its place is written twice. */
async function writeState(file: FileHandle, candidate: Candidate): Promise<void> {
  const hash = createHash('sha256');
  await file.write(header('0'.repeat(64)));
  for (const piece of writtenState(candidate.revision, candidate.values)) {
    hash.update(piece);
    await file.write(piece);
  }
  await file.write(header(hash.digest('hex')), 0);
}

function header(sha256: string): string {
  return `nestjs-cors live 1 sha256:${sha256}\n`;
}
