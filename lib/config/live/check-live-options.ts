import type { IssueCollector } from '../issues/issue-collector.js';
import { reportValue } from '../issues/wrong-value.js';
import { readOptions, reportUnreadable } from '../policies/copy-options.js';
import type { OptionsKind } from '../policies/options-kind.js';
import { checkKeys } from '../policies/policy-keys.js';
import { show } from '../../protocol/show-value.js';
import type { CorsLiveOptions, LiveKey } from './live-options.js';

/** Options of live policies with every default in place. */
export type LiveSettings = Required<Omit<CorsLiveOptions, 'lastKnownGood'>> & {
  readonly lastKnownGood: string | undefined;
};

const LIVE_KEYS: Readonly<Record<keyof CorsLiveOptions, true>> = {
  source: true,
  pollEvery: true,
  deadline: true,
  startUp: true,
  startTimeout: true,
  lastKnownGood: true,
  mayChange: true,
  maxStale: true,
  closeSockets: true,
};

const LIVE_KIND: OptionsKind = { example: '{ source: { name, read } }', known: LIVE_KEYS };

const CHANGEABLE: readonly LiveKey[] = [
  'origin',
  'maxAge',
  'allowedHeaders',
  'exposedHeaders',
  'methods',
];

const DEFAULTS = {
  pollEvery: 2000,
  deadline: 1000,
  startUp: 'require',
  startTimeout: 5000,
  lastKnownGood: undefined,
  mayChange: ['origin'],
  maxStale: Number.POSITIVE_INFINITY,
  closeSockets: true,
} as const;

/** Reads the option `live`; every mistake becomes an issue. */
export function readLiveOptions(value: unknown, issues: IssueCollector): LiveSettings | undefined {
  const found = issues.errors.length;
  const given = readOptions(value, 'live', LIVE_KIND, issues);
  if (given === undefined) return undefined;
  checkKeys(Object.keys(given), LIVE_KEYS, 'live', issues);
  const present = Object.entries(given).filter(([, option]) => option !== undefined);
  const settings = { ...DEFAULTS, ...Object.fromEntries(present) } as unknown as LiveSettings;
  checkSource(settings.source, issues);
  checkTimes(settings, issues);
  checkMayChange(settings.mayChange, issues);
  for (const [key, holds, write] of others(settings)) {
    if (!holds) report(key, settings[key], write, issues);
  }
  return issues.errors.length > found ? undefined : Object.freeze(settings);
}

function others({
  startUp,
  closeSockets,
  lastKnownGood,
}: LiveSettings): readonly [key: keyof LiveSettings, holds: boolean, write: string][] {
  const file =
    lastKnownGood === undefined || (typeof lastKnownGood === 'string' && !!lastKnownGood);
  return [
    ['startUp', startUp === 'require' || startUp === 'closed', "'require' or 'closed'"],
    ['closeSockets', typeof closeSockets === 'boolean', 'true or false'],
    ['lastKnownGood', file, 'the path of a file'],
  ];
}

function checkSource(source: unknown, issues: IssueCollector): void {
  try {
    if (isSource(source)) return;
    report('source', source, 'an object with a `name` and a method `read`', issues);
  } catch (error) {
    reportUnreadable(error, 'live.source', issues);
  }
}

function isSource(source: unknown): boolean {
  const { name, read } = (source ?? {}) as Record<string, unknown>;
  return typeof name === 'string' && name !== '' && typeof read === 'function';
}

function checkTimes(settings: LiveSettings, issues: IssueCollector): void {
  const { pollEvery, deadline, startTimeout, maxStale } = settings;
  within('pollEvery', pollEvery, 500, 60_000, issues);
  within('deadline', deadline, 1, Math.max(1, pollEvery - 1), issues, ', less than `pollEvery`');
  within('startTimeout', startTimeout, 1, 600_000, issues);
  if (!(typeof maxStale === 'number' && maxStale >= pollEvery))
    report('maxStale', maxStale, 'milliseconds, no fewer than `pollEvery`', issues);
}

function within(
  key: keyof LiveSettings,
  value: unknown,
  from: number,
  to: number,
  issues: IssueCollector,
  more = '',
): void {
  if (typeof value === 'number' && value >= from && value <= to) return;
  report(key, value, `milliseconds from ${from} to ${to}${more}`, issues);
}

function checkMayChange(value: unknown, issues: IssueCollector): void {
  if (!Array.isArray(value) || !value.includes('origin')) {
    report('mayChange', value, "a list with 'origin' in it", issues);
    return;
  }
  for (const [index, key] of value.entries()) {
    if (CHANGEABLE.includes(key as LiveKey)) continue;
    const known = CHANGEABLE.map((name) => `'${name}'`).join(', ');
    const message = `${show(key)} belongs to the code alone; a source may change ${known}`;
    issues.add('invalid-option-type', `live.mayChange[${index}]`, message, key);
  }
}

function report(
  key: keyof LiveSettings,
  value: unknown,
  write: string,
  issues: IssueCollector,
): void {
  reportValue(key, value, write, `live.${key}`, issues);
}
