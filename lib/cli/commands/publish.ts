import {
  CorsConfigurationError,
  type CorsConfigurationIssue,
  oneLine,
} from '../../config/issues/configuration-error.js';
import { CorsConflictError } from '../../live/adapters.js';
import { Refusal } from '../../live/refusal.js';
import { CliError, EXIT } from '../cli-error.js';
import { type Found, Judge } from '../live/judge.js';
import { type OpenStore, openStore, readPlace } from '../live/open-store.js';
import { type Published, publishTo } from '../live/publication.js';
import { readLists } from '../live/read-lists.js';
import { textOfChange } from '../live/text-of-change.js';
import { loadApplication } from '../load/load-application.js';
import { plain } from './check.js';
import type { Command, Outcome } from './command.js';

/**
 * `nestjs-cors publish <lists.json>`: lists that the application refuses, and a store that has another revision than expected,
 * are findings; nothing is written then.
 */
export const publish: Command = async ([file, ...rest], options) => {
  if (file === undefined || rest.length > 0)
    throw new CliError('nestjs-cors publish <lists.json> --store <url> --key <key>');
  const place = readPlace(options);
  const lists = readLists(file);
  const expected = readRevision(options.expected);
  const dryRun = options['dry-run'] === true;
  const judge = new Judge(await loadApplication(options));
  try {
    const candidate = await judge.judge(lists);
    const store = await openStore(place);
    const published = await publishTo({
      store,
      judge,
      lists,
      candidate,
      expected,
      dryRun,
    }).finally(() => store.close());
    return outcomeOf(published, store, candidate.warnings);
  } catch (error) {
    if (Refusal.is(error)) throw new CorsConfigurationError(error.issues);
    if (error instanceof CorsConflictError) return conflict(error);
    throw error;
  }
};

function readRevision(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (/^\d{1,16}$/.test(given) && Number.isSafeInteger(Number(given))) return Number(given);
  throw new CliError(`--expected ${given}: a revision is expected, 0 for none`);
}

function outcomeOf(
  { before, changes, revision }: Published,
  { name }: OpenStore,
  warnings: readonly CorsConfigurationIssue[],
): Outcome {
  const lines = [
    ...warnings.map((warning) => `warning: ${oneLine(warning)}`),
    ...remarksOn(before),
    ...changes.map(textOfChange),
    ...(changes.length === 0 ? ['Every live policy is as it was.'] : []),
    revision === undefined
      ? `dry run: nothing is published to ${name}`
      : `revision ${revision} is published to ${name}`,
  ];
  const was = before === 'nothing' ? null : (before.revision ?? null);
  const json = { before: was, revision: revision ?? null, changes, warnings: warnings.map(plain) };
  return { text: lines.join('\n'), json, exitCode: EXIT.ok };
}

/** Of what there is nothing to compare with. */
function remarksOn(before: Found): readonly string[] {
  if (before === 'nothing') return ['The store has no state: compared with nobody.'];
  if (!Refusal.is(before)) return [];
  return [`The application refuses what the store has: compared with nobody. ${before.message}`];
}

function conflict(error: CorsConflictError): Outcome {
  const { message, expected, found } = error;
  const text = `${message}: somebody else published meanwhile; compare again (--dry-run), then publish`;
  return { text, json: { error: message, expected, found }, exitCode: EXIT.findings };
}
