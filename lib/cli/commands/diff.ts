import { diffManifests } from '../../export/diff/diff-manifests.js';
import type { CorsManifestDifference, CorsOptionDifference } from '../../export/diff/difference.js';
import type { CorsManifest } from '../../inspect/manifest/manifest.js';
import { CliError, EXIT } from '../cli-error.js';
import type { Command } from './command.js';
import { givenManifest, readManifest } from './read-manifest.js';
import { short } from '../../export/diff/short-value.js';

/** `nestjs-cors diff <before> [after]`: any place that answers differently is a finding, widenings first. */
export const diff: Command = async ([before, after, ...rest], options) => {
  if (before === undefined || rest.length > 0)
    throw new CliError('nestjs-cors diff <before.json> [after.json]');
  const old = readManifest(before);
  const fresh = await givenManifest(after, options);
  const json = compare(old, fresh);
  const text =
    json.length === 0 ? 'Every request is answered alike.' : json.map(textOf).join('\n\n');
  return { text, json, exitCode: json.length === 0 ? EXIT.ok : EXIT.findings };
};

function compare(before: CorsManifest, after: CorsManifest): readonly CorsManifestDifference[] {
  try {
    return diffManifests(before, after);
  } catch (error) {
    throw new CliError(`the manifests cannot be compared: ${(error as Error).message}`);
  }
}

function textOf({
  place,
  verdict,
  before,
  after,
  options,
  witness,
}: CorsManifestDifference): string {
  const policy = `${nameOf(before.policy)} → ${nameOf(after.policy)}`;
  const declared = after.declared ?? before.declared;
  const lines = [
    `${verdict.toUpperCase()}  ${place}  (${policy}${declared === null ? '' : `, ${declared}`})`,
    ...options.map(lineOf),
  ];
  if (witness !== undefined) lines.push(`  new: ${witness}`);
  return lines.join('\n');
}

function lineOf({ option, verdict, before, after, reason }: CorsOptionDifference): string {
  const why = reason === undefined ? '' : ` (${reason})`;
  return `  ${option} ${verdict}${why}: ${short(before)} → ${short(after)}`;
}

function nameOf(policy: string | false | null): string {
  return policy === false ? '@NoCors()' : (policy ?? 'no policy');
}
