import type { EdgePolicy, EdgeValue } from '../edge/edge-policy.js';
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
import { ALONE } from '../edge/edge-policies.js';
import { constant, expression, map, type MapLine, quote } from './directives.js';

/** A response header that this configuration writes. */
export interface WrittenHeader {
  readonly name: string;
  readonly variable: string;
}

/** The headers that are written, in order; `Vary` last. */
export function writtenHeaders({ policies }: EdgeTable): readonly WrittenHeader[] {
  return [...headerNamesOf(policies), 'Vary'].map((name) => ({
    name,
    variable: `cors_${name.toLowerCase().replace(/-/g, '_')}`,
  }));
}

/** The answers: statuses that nginx gives itself, and every header by policy and case. */
export function answerMaps(table: EdgeTable): readonly string[] {
  const { policies } = table;
  return [
    ...rejectMaps(policies),
    '# The status that is answered here; empty: the request goes on.',
    map('"$cors_policy:$cors_case"', 'cors_status', [
      ...policies.flatMap(({ key, status }): MapLine[] => [
        [quote(`${key}:preflight:none`), '403'],
        [quote(`${key}:preflight:read`), String(status)],
        [quote(`${key}:preflight:full`), String(status)],
      ]),
      ...policies.flatMap(({ key, rejects }): MapLine[] =>
        rejects ? [[quote(`${key}:actual:none`), '$cors_rejected']] : [],
      ),
    ]),
    '# Headers. Where a policy holds, what an upstream says is removed.',
    ...writtenHeaders(table).flatMap(({ name, variable }) =>
      name === 'Vary' ? varyMaps(policies, variable) : headerMaps(policies, name, variable),
    ),
  ];
}

/** Turned away: a request of another origin, which the policy denies. */
function rejectMaps(policies: readonly EdgePolicy[]): readonly string[] {
  if (!policies.some(({ rejects }) => rejects)) return [];
  return [
    '# Fetch Metadata says whether a page of another origin asks; else the Origin is compared with the Host.',
    map(
      '"$http_origin $http_host"',
      'cors_own_host',
      [
        [expression('^https?://([^ ]+) \\1$', true), '""'],
        [expression('^http://([^ ]+) \\1:80$', true), '""'],
        [expression('^https://([^ ]+) \\1:443$', true), '""'],
      ],
      '403',
    ),
    map('$cors_origin', 'cors_own', [['""', '403']], '$cors_own_host'),
    map(
      '$http_sec_fetch_site',
      'cors_foreign',
      [
        ['""', '$cors_own'],
        [expression('^(?:same-origin|none)$'), '""'],
      ],
      '403',
    ),
    map('$http_origin', 'cors_rejected', [['""', '""']], '$cors_foreign'),
  ];
}

/** A value of a header in a case, as a parameter of `map`. */
interface Written {
  readonly line: MapLine;
  /** Maps that the value is read from. */
  readonly maps: readonly string[];
}

function headerMaps(
  policies: readonly EdgePolicy[],
  name: string,
  variable: string,
): readonly string[] {
  // Where nobody removes the upstream's, it goes out as it came.
  const upstream = isReplaced(policies, name) ? `$${upstreamOf(name)}` : '""';
  const written = policies
    .filter((policy) => owns(policy, name))
    .flatMap((policy) => valuesOf(policy, name, variable, upstream));
  const lines = written.map(({ line }) => line);
  return [
    ...new Set(written.flatMap(({ maps }) => maps)),
    isCorsHeader(name)
      ? // What is not named is removed.
        map('"$cors_policy:$cors_case"', variable, [
          ...lines.filter(([, value]) => value !== '""'),
          [expression(`^${ALONE}:`), upstream],
        ])
      : map('"$cors_policy:$cors_case"', variable, lines, upstream),
  ];
}

function upstreamOf(name: string): string {
  return `upstream_http_${name.toLowerCase().replace(/-/g, '_')}`;
}

function valuesOf(
  policy: EdgePolicy,
  name: string,
  variable: string,
  upstream: string,
): readonly Written[] {
  return PHASES.flatMap((phase) =>
    GRANTS.map((grant): Written => {
      const value = valueIn(policy, name, phase, grant);
      const own = `${variable}_${policy.key}_${grant}`;
      const { text, maps } = value === undefined ? nothing : writtenAs(value, own, upstream);
      return { line: [quote(`${policy.key}:${phase}:${grant}`), text], maps };
    }),
  );
}

const nothing = { text: '""', maps: [] };

function writtenAs(
  value: EdgeValue,
  own: string,
  upstream: string,
): { readonly text: string; readonly maps: readonly string[] } {
  switch (value.kind) {
    case 'text':
      return { text: constant(value.text), maps: [] };
    case 'upstream':
      return { text: upstream, maps: [] };
    case 'origin':
      return { text: '$http_origin', maps: [] };
    case 'methods':
      return { text: '$cors_listed', maps: [] };
    case 'requested':
      return value.list === null
        ? { text: `$${REQUESTED}`, maps: [] }
        : { text: `$${own}`, maps: [listMap(value.list, own)] };
    default:
      return { text: `$${own}`, maps: [exposedMap(value.own, own, value.credentials)] };
  }
}

const REQUESTED = 'http_access_control_request_headers';

/** A configured list is sent to those who ask for names. */
function listMap(list: string, own: string): string {
  return map(`$${REQUESTED}`, own, [['""', '""']], constant(list));
}

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

/** An upstream's list that is not one of header names is dropped; with credentials `*` is a name that nobody means. */
function exposedMap(list: string, own: string, credentials: boolean): string {
  const upstream = `$${upstreamOf('Access-Control-Expose-Headers')}`;
  const both = list === '' ? upstream : `"${constant(list).slice(1, -1)}, ${upstream}"`;
  const anything: MapLine = [expression('(?:^|[, \\t])\\*(?:[, \\t]|$)'), constant(list)];
  return map(
    upstream,
    own,
    [
      ['""', constant(list)],
      ...(credentials ? [anything] : []),
      [expression(`^${TOKEN}(?:[ \\t]*,[ \\t]*${TOKEN})*$`), both],
    ],
    constant(list),
  );
}

/** What the upstream does not vary by already is added. */
function varyMaps(policies: readonly EdgePolicy[], variable: string): readonly string[] {
  const names = [...new Set(policies.flatMap(({ vary }) => vary))];
  const lines = policies.flatMap(({ key, vary, preflightVary }) =>
    GRANTS.flatMap((grant): MapLine[] => [
      [quote(`${key}:preflight:${grant}`), constant(`, ${preflightVary.join(', ')}`)],
      [
        quote(`${key}:actual:${grant}`),
        `"${vary.map((name) => `$${missingName(name)}`).join('')}"`,
      ],
    ]),
  );
  return [
    ...names.map((name) => {
      const says = expression(`(?:^|[, \\t])(?:\\*|${name})(?:[, \\t]|$)`, true);
      return map('$upstream_http_vary', missingName(name), [[says, '""']], quote(`, ${name}`));
    }),
    map('"$cors_policy:$cors_case"', 'cors_further_vary', lines),
    map('$cors_further_vary', variable, [
      [expression('^, (?<cors_varies_by>.+)$'), '$cors_varies_by'],
    ]),
  ];
}

/** The variable that says whether the upstream's `Vary` lacks a name. */
function missingName(name: string): string {
  return `cors_vary_${name.toLowerCase().replace(/-/g, '_')}`;
}
