import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CorsExportError, type CorsExportLoss } from '../../export/edge/losses.js';
import {
  type CorsExport,
  type CorsExportTarget,
  EXPORT_TARGETS,
  exportPolicies,
} from '../../export/export-policies.js';
import type { CorsManifest } from '../../inspect/manifest/manifest.js';
import type { CliOptions } from '../arguments.js';
import { CliError, EXIT } from '../cli-error.js';
import type { Command, Outcome } from './command.js';
import { givenManifest } from './read-manifest.js';

/** `nestjs-cors export [manifest] --target <engine> --out <folder>`: what cannot be exported is a finding, and writes nothing. */
export const exportCommand: Command = async ([file, ...rest], options) => {
  const { target } = options;
  if (!isTarget(target) || rest.length > 0)
    throw new CliError(
      `nestjs-cors export [manifest.json] --target <${EXPORT_TARGETS.join(' | ')}> [--out <folder>]`,
    );
  const manifest = await givenManifest(file, options);
  try {
    return written(compile(manifest, target, options), options.out);
  } catch (error) {
    if (!(error instanceof CorsExportError)) throw error;
    return { text: error.message, json: { losses: error.losses }, exitCode: EXIT.findings };
  }
};

function isTarget(target: string | undefined): target is CorsExportTarget {
  return (EXPORT_TARGETS as readonly (string | undefined)[]).includes(target);
}

function compile(
  manifest: CorsManifest,
  target: CorsExportTarget,
  { listen, upstream, accept }: CliOptions,
): CorsExport {
  return exportPolicies(manifest, {
    target,
    ...(listen !== undefined && { listen }),
    ...(upstream !== undefined && { upstream }),
    ...(accept !== undefined && { accept }),
  });
}

/** Into a folder, or to be read. */
function written(exported: CorsExport, folder: string | undefined): Outcome {
  const { main, files, losses } = exported;
  const names = Object.keys(files);
  if (folder !== undefined) {
    mkdirSync(folder, { recursive: true });
    for (const name of names) writeFileSync(join(folder, name), files[name] ?? '');
  }
  const text =
    folder === undefined
      ? names.map((name) => `# ${name}\n${files[name] ?? ''}`).join('\n')
      : `${names.length} files in ${folder}; start with ${join(folder, main)}`;
  return {
    text: [...losses.map(lineOf), text].join('\n'),
    json: exported,
    exitCode: EXIT.ok,
  };
}

function lineOf({ code, where, message, effect }: CorsExportLoss): string {
  return `# ${effect}: ${where}: ${message} (${code})`;
}
