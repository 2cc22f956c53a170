import { readFileSync } from 'node:fs';
import { CorsInspector } from '../../inspect/cors-inspector.js';
import type { CorsManifest } from '../../inspect/manifest/manifest.js';
import type { CliOptions } from '../arguments.js';
import { CliError } from '../cli-error.js';
import { loadApplication } from '../load/load-application.js';

/** That of a file, else that of the application. */
export async function givenManifest(
  file: string | undefined,
  options: CliOptions,
): Promise<CorsManifest> {
  if (file !== undefined) return readManifest(file);
  return (await loadApplication(options)).get(CorsInspector).manifest();
}

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
