import type { CorsManifestPolicy } from '../../inspect/manifest/manifest.js';

/** How far a request's origin is let in: not at all; to read; to read with credentials. A failed preflight is `none`. */
export type Grant = 'none' | 'read' | 'full';

/** The value of a header as engines put it together. */
export type EdgeValue =
  | { readonly kind: 'text'; readonly text: string }
  /** Whatever the upstream says. */
  | { readonly kind: 'upstream' }
  /** The request's `Origin`. */
  | { readonly kind: 'origin' }
  /** The method that a preflight asks for, and those listed with it. */
  | { readonly kind: 'methods' }
  /** Where a preflight asks for header names: these, or (`null`) the ones that it asks for. */
  | { readonly kind: 'requested'; readonly list: string | null }
  /** Names that the policy exposes, and those of the upstream. */
  | { readonly kind: 'exposed'; readonly own: string; readonly credentials: boolean };

/** The values of a header, by who asks; absent: no such header. */
export type ByGrant = Partial<Readonly<Record<Grant, EdgeValue>>>;

/** A header that a policy decides about: what an upstream says there is removed. */
export interface EdgeHeader {
  readonly name: string;
  readonly actual: ByGrant;
  readonly preflight: ByGrant;
}

/** The inputs that the headers of a policy depend on. */
interface Source extends CorsManifestPolicy {
  /** The upstream's exposed headers stay, as a `paths` entry may say. */
  readonly keepsExposed: boolean;
}

type Row = readonly [name: string, of: (policy: Source) => Omit<EdgeHeader, 'name'> | undefined];

/** Every header that options of a policy lead to: a further option is a further row. */
const ROWS: readonly Row[] = [
  [
    'Access-Control-Allow-Origin',
    ({ origin }) => alike(origin === '*' ? toAnyone(text('*'), ORIGIN) : toReaders(ORIGIN)),
  ],
  ['Access-Control-Allow-Credentials', () => alike({ full: text('true') })],
  [
    'Access-Control-Expose-Headers',
    (policy) => ({
      actual: (policy.origin === '*' ? toAnyone : toReaders)(
        exposed(policy, false),
        exposed(policy, true),
      ),
      preflight: {},
    }),
  ],
  ['Access-Control-Allow-Methods', () => onPreflight({ kind: 'methods' })],
  [
    'Access-Control-Allow-Headers',
    ({ allowedHeaders }) =>
      onPreflight({ kind: 'requested', list: namesOf(allowedHeaders)?.join(', ') ?? null }),
  ],
  ['Access-Control-Max-Age', ({ maxAge }) => onPreflight(text(String(maxAge)))],
  [
    'Timing-Allow-Origin',
    ({ timingAllowOrigin, origin }) =>
      timingAllowOrigin
        ? {
            actual: origin === '*' ? toAnyone(text('*'), ORIGIN) : toReaders(ORIGIN),
            preflight: {},
          }
        : undefined,
  ],
  [
    'Cross-Origin-Resource-Policy',
    ({ resourcePolicy }) =>
      resourcePolicy === null
        ? undefined
        : { actual: toAnyone(text(resourcePolicy), text(resourcePolicy)), preflight: {} },
  ],
];

const ORIGIN: EdgeValue = { kind: 'origin' };

function text(value: string): EdgeValue {
  return { kind: 'text', text: value };
}

function toReaders(read: EdgeValue, full = read): ByGrant {
  return { read, full };
}

function toAnyone(read: EdgeValue, full: EdgeValue): ByGrant {
  return { none: read, read, full };
}

function onPreflight(value: EdgeValue): Omit<EdgeHeader, 'name'> {
  return { actual: {}, preflight: toReaders(value) };
}

/** On actual responses and on preflights that pass. */
function alike(actual: ByGrant): Omit<EdgeHeader, 'name'> {
  const { none: _failed, ...preflight } = actual;
  return { actual, preflight };
}

/** With credentials browsers take `*` for a name (Fetch, "extract header list values"). */
function exposed({ exposedHeaders, keepsExposed }: Source, credentials: boolean): EdgeValue {
  const own = exposedHeaders.filter((name) => !credentials || name !== '*').join(', ');
  return keepsExposed ? { kind: 'exposed', own, credentials } : text(own);
}

/** Every header that a policy decides about. */
export function headersOf(policy: Source): readonly EdgeHeader[] {
  const named = ROWS.flatMap(([name, of]): EdgeHeader[] => {
    const values = of(policy);
    return values === undefined ? [] : [{ name, ...values }];
  });
  const further = Object.entries(policy.preflightHeaders).map(([name, value]) =>
    onEveryPreflight(name, text(value), named),
  );
  const names = new Set(further.map(({ name }) => name));
  return [...named.filter(({ name }) => !names.has(name)), ...further];
}

/** On preflights alone: what else is known about a header of that name stays. */
function onEveryPreflight(
  name: string,
  value: EdgeValue,
  named: readonly EdgeHeader[],
): EdgeHeader {
  const known = named.find((header) => header.name.toLowerCase() === name.toLowerCase());
  const actual = known?.actual ?? toAnyone(UPSTREAM, UPSTREAM);
  return { name: known?.name ?? name, actual, preflight: toAnyone(value, value) };
}

const UPSTREAM: EdgeValue = { kind: 'upstream' };

/** Removes every CORS header. */
export function noHeaders(): readonly EdgeHeader[] {
  const names = ROWS.map(([name]) => name).filter((name) => name.startsWith('Access-Control-'));
  return names.map((name) => ({ name, actual: {}, preflight: {} }));
}

/** Names that a list permits, in lower case; `null`: any. */
export function namesOf(names: readonly string[] | null): readonly string[] | null {
  return names === null || names.includes('*') ? null : names.map((name) => name.toLowerCase());
}
