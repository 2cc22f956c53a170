import { readFileSync } from 'node:fs';
import type { CorsLiveLists } from '../../live/adapters.js';
import { isRecord } from '../../live/envelope.js';
import { LARGEST_STATE } from '../../live/parse-state.js';
import { CliError } from '../cli-error.js';

const EXAMPLE = '{ "tenants": { "origin": ["https://a.tenant.example"] } }';

/** The lists in a file, `-` for standard input; of a whole state, those that it has. @throws CliError */
export function readLists(file: string): CorsLiveLists {
  const given = parse(read(file), file);
  const lists = isRecord(given) && given['format'] === 1 ? given['policies'] : given;
  if (isRecord(lists)) return lists as CorsLiveLists;
  throw new CliError(`${file} has no lists; write ${EXAMPLE}`);
}

function read(file: string): Buffer {
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    throw new CliError(`${file} cannot be read: ${(error as Error).message}`);
  }
}

function parse(bytes: Buffer, file: string): unknown {
  if (bytes.length > LARGEST_STATE)
    throw new CliError(
      `${file} has more than ${LARGEST_STATE} bytes, and no application reads as much`,
    );
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new CliError(`${file} is no JSON: ${(error as Error).message}; write ${EXAMPLE}`);
  }
}
