import type { EdgeTable } from '../edge/edge-table.js';
import type { EdgeAddresses, EngineFiles } from '../edge/engine.js';
import type { Losses } from '../edge/losses.js';
import { isCorsHeader, isReplaced, someReject, statusesOf } from '../edge/outcomes.js';
import { type HeaderLookup, headerLookups } from '../lookups/header-lookups.js';
import type { Lookup, Row } from '../lookups/lookup.js';
import { mapOf, placeholderOf } from './maps.js';
import { proxyRules } from './proxy-rules.js';
import { allLookups } from '../lookups/all-lookups.js';
import { headOf } from '../edge/engine.js';

/** Caddy asks the rows of a map one after the other: more would cost every request. */
const MOST_ORIGINS = 2_000;

/** Caddy 2.6 and later. */
export function caddyFiles(
  table: EdgeTable,
  addresses: EdgeAddresses,
  losses: Losses,
): EngineFiles {
  for (const { title, readers } of table.policies)
    if (readers !== 'anyone' && readers.exact.length > MOST_ORIGINS)
      losses.add(
        'refused',
        'too-many-origins',
        `policies.${title}`,
        `Caddy asks ${readers.exact.length} origins one after the other, at every request; use patterns, or nginx or HAProxy`,
      );
  return { main: 'Caddyfile', files: { Caddyfile: caddyfile(table, addresses) } };
}

function caddyfile(table: EdgeTable, { listen, upstream }: EdgeAddresses): string {
  const [, host = '', port = listen] = /^(.*):(\d+)$/.exec(listen) ?? [];
  return `# caddy run --config Caddyfile
${headOf(table)}
{
  admin off
  auto_https off
}
# Whatever the Host is: a site with a host in its address answers others with an empty 200.
http://:${port} {
${host === '' ? '' : `  bind ${host}\n`}  route {
${indented(rulesOf(table, upstream))}
  }
}
`;
}

function indented(lines: readonly string[]): string {
  return lines
    .join('\n')
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}

function rulesOf(table: EdgeTable, upstream: string): readonly string[] {
  const headers = headerLookups(table, { seesUpstream: false });
  return [
    TARGET_MAP,
    ...(someReject(table.policies) ? OWN_HOST : []),
    ...allLookups(table, headers).map(mapOf),
    ...headers.flatMap((header) => headerRules(table, header)),
    ...statusRules(table),
    ...proxyRules(table.policies, upstream),
  ];
}

const TARGET_MAP = `map {http.request.uri} {cors_target} {
  "~^([^?]*)" "\${1}"
}`;

/** The Origin is that of the Host, which may name the default port. */
const OWN_HOST = [
  `@cors_own_host expression \`${['http', 'https']
    .map((scheme) => {
      const address = `"${scheme}://" + {http.request.hostport}`;
      const port = scheme === 'http' ? ':80' : ':443';
      return `{http.request.header.Origin} == ${address} || {http.request.header.Origin} + "${port}" == ${address}`;
    })
    .join(' || ')}\``,
  'vars cors_is_elsewhere 403',
  'vars @cors_own_host cors_is_elsewhere ""',
  `map {http.vars.cors_is_elsewhere} {cors_own_host} {
  403 403
  default ""
}`,
];

/** Before the upstream answers, for what Caddy answers itself; and instead of what the upstream says, where a policy decides. */
function headerRules(table: EdgeTable, { header, name, lookups }: HeaderLookup): readonly string[] {
  const value = placeholderOf(name);
  const matcher = `@cors_has_${name}`;
  const has = `${matcher} not vars ${value} ""`;
  if (header === 'Vary') return [has, `header ${matcher} +Vary ${value}`];
  if (isCorsHeader(header) || !isReplaced(table.policies, header))
    return [has, `header ${matcher} ${header} ${value}`];
  const without = withoutValue(lookups.at(-1));
  return [
    ...without.map(mapOf),
    has,
    `header ${matcher} ${header} ${value}`,
    `header ${matcher} {\n  defer\n  ${header} ${value}\n}`,
    ...without.flatMap((lookup) => [
      `@cors_${lookup.name} vars ${placeholderOf(lookup.name)} yes`,
      `header @cors_${lookup.name} {\n  defer\n  -${header}\n}`,
    ]),
  ];
}

/** Where a policy decides that there is no such header; the values of a matcher are alternatives, so it has one of its own. */
function withoutValue(lookup: Lookup | undefined): readonly Lookup[] {
  if (lookup === undefined) return [];
  const rows = lookup.rows.filter(([, value]) => value.length === 0);
  return [
    {
      name: `no_${lookup.name}`,
      of: lookup.of,
      rows: rows.map(([key]): Row => [key, ['yes']]),
      otherwise: ['no'],
    },
  ];
}

function statusRules({ policies }: EdgeTable): readonly string[] {
  return statusesOf(policies).flatMap((status) => [
    `@cors_${status} vars {cors_status} ${status}`,
    `respond @cors_${status} ${status}`,
  ]);
}
