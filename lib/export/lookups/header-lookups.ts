import { ALONE } from '../edge/edge-policies.js';
import type { EdgeValue } from '../edge/edge-headers.js';
import type { EdgePolicy } from '../edge/edge-policy.js';
import { HAS_STAR, NAMES_ONLY } from '../edge/exposed-headers.js';
import type { EdgeTable } from '../edge/edge-table.js';
import {
  GRANTS,
  headerNamesOf,
  isCorsHeader,
  isReplaced,
  owns,
  PHASES,
  valueIn,
} from '../edge/outcomes.js';
import {
  type Lookup,
  nameOf,
  NOTHING,
  own,
  request,
  type Row,
  type Template,
  upstream,
} from './lookup.js';

/** The part of the upstream's answer that an engine sees when it writes headers. */
export interface HeaderSight {
  /** It can put the upstream's own header back; else it has other means not to remove it. */
  readonly seesUpstream: boolean;
}

/** A header and what is looked up for it. */
export interface HeaderLookup {
  readonly header: string;
  /** The name under which its value is found. */
  readonly name: string;
  readonly lookups: readonly Lookup[];
}

/** The headers of every answer, `Vary` last. */
export function headerLookups(table: EdgeTable, sight: HeaderSight): readonly HeaderLookup[] {
  const { policies } = table;
  return [
    ...headerNamesOf(policies).map((header) => headerLookup(policies, header, sight)),
    ...varyLookups(policies, sight),
  ];
}

/** A value, and the lookups that it is read from. */
interface Written {
  readonly value: Template;
  readonly lookups: readonly Lookup[];
}

const CASE: Template = [own('policy'), ':', own('case')];

function headerLookup(
  policies: readonly EdgePolicy[],
  header: string,
  sight: HeaderSight,
): HeaderLookup {
  const name = nameOf(header);
  // Where nobody removes the upstream's, it goes out as it came.
  const isBack = sight.seesUpstream && isReplaced(policies, header);
  const back: Template = isBack ? [upstream(header)] : NOTHING;
  const cases = policies.flatMap((policy) =>
    owns(policy, header) ? casesOf(policy, header, name, back) : [],
  );
  const rows = cases.map(({ key, value }): Row => [key, value]);
  const isCors = isCorsHeader(header);
  const lookup: Lookup = {
    name,
    of: CASE,
    rows: isCors
      ? // What is not named is removed.
        [
          ...rows.filter(([, value]) => value.length > 0),
          ...(isBack ? [[{ expression: `^${ALONE}:` }, back] as const] : []),
        ]
      : rows,
    otherwise: isCors ? NOTHING : back,
  };
  const further = new Map(cases.flatMap(({ lookups }) => lookups).map((one) => [one.name, one]));
  return { header, name, lookups: [...further.values(), lookup] };
}

function casesOf(
  policy: EdgePolicy,
  header: string,
  name: string,
  back: Template,
): readonly (Written & { readonly key: string })[] {
  return PHASES.flatMap((phase) =>
    GRANTS.map((grant) => {
      const value = valueIn(policy, header, phase, grant);
      const written =
        value === undefined ? ABSENT : writtenAs(value, `${name}_${policy.key}_${grant}`, back);
      return { key: `${policy.key}:${phase}:${grant}`, ...written };
    }),
  );
}

const ABSENT: Written = { value: NOTHING, lookups: [] };
const REQUESTED = request('Access-Control-Request-Headers');

function writtenAs(value: EdgeValue, name: string, back: Template): Written {
  switch (value.kind) {
    case 'text':
      return { value: value.text === '' ? NOTHING : [value.text], lookups: [] };
    case 'upstream':
      return { value: back, lookups: [] };
    case 'origin':
      return { value: [request('Origin')], lookups: [] };
    case 'methods':
      return { value: [own('listed')], lookups: [] };
    case 'requested':
      return value.list === null
        ? { value: [REQUESTED], lookups: [] }
        : { value: [own(name)], lookups: [listLookup(value.list, name)] };
    default:
      return { value: [own(name)], lookups: [exposedLookup(value, name)] };
  }
}

/** A configured list is sent to those who ask for names. */
function listLookup(list: string, name: string): Lookup {
  return { name, of: [REQUESTED], rows: [['', NOTHING]], otherwise: [list] };
}

/** An upstream's list that is not one of header names is dropped; with credentials `*` is a name that nobody means. */
function exposedLookup(
  { own: list, credentials }: Extract<EdgeValue, { readonly kind: 'exposed' }>,
  name: string,
): Lookup {
  const theirs = upstream('Access-Control-Expose-Headers');
  const anything: Row = [{ expression: HAS_STAR }, [list]];
  return {
    name,
    of: [theirs],
    rows: [
      ['', [list]],
      ...(credentials ? [anything] : []),
      [{ expression: NAMES_ONLY }, list === '' ? [theirs] : [`${list}, `, theirs]],
    ],
    otherwise: [list],
  };
}

/** A line for preflights, and one for each name that the upstream does not vary by already. */
function varyLookups(
  policies: readonly EdgePolicy[],
  { seesUpstream }: HeaderSight,
): readonly HeaderLookup[] {
  const names = [...new Set(policies.flatMap(({ vary }) => vary))];
  const preflight: Lookup = {
    name: 'vary',
    of: [own('policy'), ':', own('phase')],
    rows: policies.map(({ key, preflightVary }): Row => [
      `${key}:preflight`,
      [preflightVary.join(', ')],
    ]),
    otherwise: NOTHING,
  };
  return [
    { header: 'Vary', name: 'vary', lookups: [preflight] },
    ...names.map((vary) => varyLookup(policies, vary, seesUpstream)),
  ];
}

function varyLookup(
  policies: readonly EdgePolicy[],
  vary: string,
  seesUpstream: boolean,
): HeaderLookup {
  const name = `vary_${nameOf(vary)}`;
  const says = { expression: `(?:^|[, \\t])(?:\\*|${vary})(?:[, \\t]|$)`, ignoresCase: true };
  const missing: Lookup = {
    name: `${name}_missing`,
    of: [upstream('Vary')],
    rows: [[says, NOTHING]],
    otherwise: [vary],
  };
  const keys = policies.filter((policy) => policy.vary.includes(vary)).map(({ key }) => key);
  const lookup: Lookup = {
    name,
    of: [own('policy'), ':', own('phase')],
    rows: keys.map((key): Row => [`${key}:actual`, [seesUpstream ? own(missing.name) : vary]]),
    otherwise: NOTHING,
  };
  return { header: 'Vary', name, lookups: seesUpstream ? [missing, lookup] : [lookup] };
}
