import { readFileSync } from 'node:fs';
import type { CorsManifest } from '../../inspect/manifest/manifest.js';
import { CliError } from '../cli-error.js';

/** A manifest from a file. @throws CliError where it cannot be read */
export function readManifest(file: string): CorsManifest {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as CorsManifest;
  } catch (error) {
    throw new CliError(
      `${file} cannot be read as a manifest: ${(error as Error).message}; make one: nestjs-cors manifest > ${file}`,
    );
  }
}
