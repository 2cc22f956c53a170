import { readFileSync } from 'node:fs';
import { CorsInspector } from '../../inspect/cors-inspector.js';
import { assertManifest } from '../../export/rules/assert-manifest.js';
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

/** A manifest from a file. @throws CliError where it cannot be read, or is none */
export function readManifest(file: string): CorsManifest {
  const manifest = parsed(file);
  try {
    assertManifest(manifest);
    return manifest;
  } catch (error) {
    throw new CliError(`${file} is no manifest: ${(error as Error).message}`);
  }
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new CliError(
      `${file} cannot be read as a manifest: ${(error as Error).message}; make one: nestjs-cors manifest > ${file}`,
    );
  }
}
