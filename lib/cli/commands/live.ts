import { type CorsConfigurationIssue, oneLine } from '../../config/issues/configuration-error.js';
import { Refusal } from '../../live/refusal.js';
import type { CliOptions } from '../arguments.js';
import { CliError, EXIT } from '../cli-error.js';
import { type Found, Judge } from '../live/judge.js';
import { type OpenStore, openStore, readPlace, type StorePlace } from '../live/open-store.js';
import { loadApplication } from '../load/load-application.js';
import { plain } from './check.js';
import type { Command, Outcome } from './command.js';

/**
 * `nestjs-cors live status`: the state of the application's own source, or of a store, as the application would take it. One
 * that it refuses is a finding, and so is none.
 */
export const live: Command = async ([what, ...rest], options) => {
  if (what !== 'status' || rest.length > 0)
    throw new CliError('nestjs-cors live status [--store <url> --key <key>]');
  const place = placeIn(options);
  const judge = new Judge(await loadApplication(options));
  const { source, close } = await opened(judge, place);
  const found = await judge.find(source).finally(close);
  return outcomeOf(source.name, found, Refusal.is(found) ? {} : sizesOf(judge, found));
};

/** The store that is named, where one is: else the application's own source is asked. */
function placeIn(options: CliOptions): StorePlace | undefined {
  const { store, key, bucket } = options;
  const named = [store, key, bucket].some((option) => option !== undefined);
  return named ? readPlace(options) : undefined;
}

async function opened(
  { settings: { source } }: Judge,
  place: StorePlace | undefined,
): Promise<Pick<OpenStore, 'source' | 'close'>> {
  if (place !== undefined) return openStore(place);
  return { source, close: async () => source.close?.() };
}

/** How many origins each live policy has. */
type Sizes = Readonly<Record<string, number>>;

function sizesOf(judge: Judge, found: Exclude<Found, Refusal>): Sizes {
  if (found === 'nothing') return {};
  const described = judge.described(found);
  const sizes = [...judge.names].map((name) => {
    const origin = described[name]?.origin;
    return [name, Array.isArray(origin) ? origin.length : 0] as const;
  });
  return Object.fromEntries(sizes);
}

function outcomeOf(source: string, found: Found, policies: Sizes): Outcome {
  const { revision = null } = found === 'nothing' ? {} : found;
  const accepted = found !== 'nothing' && !Refusal.is(found);
  const errors = Refusal.is(found) ? found.issues : [];
  const warnings = accepted ? found.warnings : [];
  const lines = [
    `source    ${source}`,
    `revision  ${found === 'nothing' ? 'none: the store has no state' : revisionText(revision)}`,
    ...Object.entries(policies).map(([name, count]) => `${name}: ${count} origins`),
    ...errors.map((issue) => `refused: ${oneLine(issue)}`),
    ...warnings.map((issue) => `warning: ${oneLine(issue)}`),
    ...(accepted ? ['The application accepts it.'] : []),
  ];
  const json = {
    source,
    revision,
    accepted,
    policies,
    errors: plainly(errors),
    warnings: plainly(warnings),
  };
  return { text: lines.join('\n'), json, exitCode: accepted ? EXIT.ok : EXIT.findings };
}

/** Revisions of the publishers are the milliseconds of the store's clock, or a little more. */
function revisionText(revision: number | null): string {
  if (revision === null) return 'unknown';
  const isClock = revision > Date.UTC(2020) && revision < Date.UTC(2100);
  return isClock ? `${revision} (${new Date(revision).toISOString()})` : String(revision);
}

function plainly(issues: readonly CorsConfigurationIssue[]): readonly object[] {
  return issues.map(plain);
}
