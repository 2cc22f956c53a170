import { answeringText } from '../../inspect/manifest/answering.js';
import type { CorsManifestPolicy } from '../../inspect/manifest/manifest.js';
import { SAFELISTED_METHODS } from '../../protocol/methods.js';
import { compareOrigins, type OriginComparison } from './compare-origins.js';
import type { CorsOptionDifference, CorsVerdict } from './difference.js';

/** More or less is permitted, or nothing of that kind; `undefined` where the option is alike. */
type Comparison = CorsVerdict | undefined;

/** Options of which more is a permission, each compared in its own way. */
const BY_OPTION: {
  readonly [Key in keyof CorsManifestPolicy]?: (
    before: CorsManifestPolicy[Key],
    after: CorsManifestPolicy[Key],
  ) => Comparison;
} = {
  allowedHeaders: (before, after) => compareSets(namesOf(before), namesOf(after)),
  exposedHeaders: (before, after) => compareSets(namesOf(before), namesOf(after)),
  maxAge: (before, after) => compareNumbers(before, after),
  denied: (before, after) => compareNumbers(Number(before === 'omit'), Number(after === 'omit')),
  timingAllowOrigin: (before, after) => compareNumbers(Number(before), Number(after)),
  resourcePolicy: (before, after) => compareNumbers(openness(before), openness(after)),
};

/** Compared apart from the others, or no matter of answers. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'origin',
  'credentials',
  'methods',
  'dangerouslyAllow',
  'fingerprint',
  'reportOnly',
]);

/** Of the options of a policy that allows nobody, these hold. */
const OF_EVERYBODY: ReadonlySet<string> = new Set(['denied', 'preflightHeaders', 'resourcePolicy']);

/** The options in which two policies differ, methods aside. */
export function compareOptions(
  before: CorsManifestPolicy,
  after: CorsManifestPolicy,
): readonly CorsOptionDifference[] {
  if (answeringText(before) === answeringText(after)) return [];
  const closed = before.origin === false || after.origin === false;
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const others = keys.filter((key) => !ELSEWHERE.has(key) && (!closed || OF_EVERYBODY.has(key)));
  return [
    ...differenceOf('origin', before, after, compareOrigins(before.origin, after.origin)),
    ...differenceOf('credentials', before, after, compareCredentials(before, after)),
    ...others.flatMap((key) =>
      differenceOf(key, before, after, { verdict: compareOption(key, before, after) }),
    ),
  ];
}

/** A preflight for the method passes under one of them only. */
export function compareMethods(
  before: CorsManifestPolicy,
  after: CorsManifestPolicy,
  method: string,
): readonly CorsOptionDifference[] {
  if (before.origin === false || after.origin === false) return [];
  const verdict = compareNumbers(
    Number(allowsMethod(before, method)),
    Number(allowsMethod(after, method)),
  );
  return differenceOf('methods', before, after, { verdict });
}

function allowsMethod({ methods }: CorsManifestPolicy, method: string): boolean {
  return methods === null || SAFELISTED_METHODS.has(method) || methods.includes(method);
}

function differenceOf(
  key: string,
  before: CorsManifestPolicy,
  after: CorsManifestPolicy,
  {
    verdict,
    ...rest
  }: Omit<OriginComparison, 'verdict'> & { verdict: OriginComparison['verdict'] | undefined },
): readonly CorsOptionDifference[] {
  if (verdict === undefined || verdict === 'alike') return [];
  const [was, is] = [before, after].map(
    (policy) => (policy as unknown as Record<string, unknown>)[key],
  );
  return [{ option: key, verdict, before: was ?? null, after: is ?? null, ...rest }];
}

/** Where everybody allowed may, before and after, `origin` says it all. */
function compareCredentials(
  before: CorsManifestPolicy,
  after: CorsManifestPolicy,
): OriginComparison {
  if (before.credentials === true && after.credentials === true) return { verdict: 'alike' };
  return compareOrigins(credentialed(before), credentialed(after));
}

/** The origins that may send credentials. */
export function credentialed({
  origin,
  credentials,
}: CorsManifestPolicy): CorsManifestPolicy['origin'] {
  if (typeof credentials === 'object') return credentials;
  return credentials && origin;
}

function compareOption(
  key: string,
  before: CorsManifestPolicy,
  after: CorsManifestPolicy,
): Comparison {
  const [was, is] = [before, after].map(
    (policy) => (policy as unknown as Record<string, unknown>)[key],
  );
  if (JSON.stringify(was) === JSON.stringify(is)) return undefined;
  const compare = BY_OPTION[key as keyof CorsManifestPolicy] as
    ((before: unknown, after: unknown) => Comparison) | undefined;
  return compare === undefined ? 'changed' : compare(was, is);
}

/** Names in lower case; `undefined` for all of them. */
function namesOf(names: readonly string[] | null): ReadonlySet<string> | undefined {
  return names === null || names.includes('*')
    ? undefined
    : new Set(names.map((name) => name.toLowerCase()));
}

function compareSets(
  before: ReadonlySet<string> | undefined,
  after: ReadonlySet<string> | undefined,
): Comparison {
  const wider = !isWithin(after, before);
  const narrower = !isWithin(before, after);
  if (wider && narrower) return 'changed';
  return wider ? 'wider' : narrower ? 'narrower' : undefined;
}

function isWithin(
  inner: ReadonlySet<string> | undefined,
  outer: ReadonlySet<string> | undefined,
): boolean {
  if (outer === undefined) return true;
  return inner !== undefined && [...inner].every((name) => outer.has(name));
}

function compareNumbers(before: number, after: number): Comparison {
  if (before === after) return undefined;
  return after > before ? 'wider' : 'narrower';
}

/** Without the header, only pages that ask for it (`require-corp`) are kept from embedding. */
export function openness(resourcePolicy: string | null): number {
  return ['same-origin', 'same-site', null, 'cross-origin'].indexOf(resourcePolicy);
}
