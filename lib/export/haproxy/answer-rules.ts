import { ALONE } from '../edge/edge-policies.js';
import type { EdgePolicy, EdgeValue } from '../edge/edge-policy.js';
import type { EdgeTable } from '../edge/edge-table.js';
import { GRANTS, headerNamesOf, isCorsHeader, owns, PHASES, valueIn } from '../edge/outcomes.js';
import { expressionKey, type MapRow } from './map-file.js';
import { joined, type Section } from './section.js';

/** What HAProxy answers itself. */
export function answerRules({ policies }: EdgeTable): Section {
  const statuses = [...new Set([403, ...policies.map(({ status }) => status)])];
  const rows = policies.flatMap(({ key, status, rejects }): MapRow[] => [
    [`${key}:preflight:none`, '403'],
    [`${key}:preflight:read`, String(status)],
    [`${key}:preflight:full`, String(status)],
    ...(rejects ? [[`${key}:actual:none`, 'rejected'] as const] : []),
  ]);
  return {
    rules: [
      '# Answered here: preflights, and what a rejecting policy denies.',
      'http-request set-var(txn.cors_status) var(txn.cors_case),map_str(cors-statuses.map,-)',
      ...(policies.some(({ rejects }) => rejects) ? REJECTING : []),
      ...statuses.map(
        (status) =>
          `http-request return status ${status} if { var(txn.cors_status) -m str ${status} }`,
      ),
    ],
    files: { 'cors-statuses.map': rows },
  };
}

/** Fetch Metadata says whether a page of another origin asks; else the Origin is compared with the Host. */
const REJECTING = [
  ...[
    ['http', '80'],
    ['https', '443'],
  ].flatMap(([scheme = '', port = '']) => [
    `http-request set-var-fmt(txn.cors_address) "${scheme}://%[req.hdr(host),lower]"`,
    'http-request set-var(txn.cors_own) str(yes) if { var(txn.cors_origin),strcmp(txn.cors_address) eq 0 }',
    '# The Host may name the default port, an Origin never does.',
    `http-request set-var-fmt(txn.cors_with_port) "%[var(txn.cors_origin)]:${port}"`,
    'http-request set-var(txn.cors_own) str(yes) if { var(txn.cors_with_port),strcmp(txn.cors_address) eq 0 }',
  ]),
  'http-request set-var(txn.cors_foreign) str(yes) if { var(txn.cors_origin) -m found } !{ var(txn.cors_own) -m found }',
  'http-request set-var(txn.cors_foreign) str(yes) if { var(txn.cors_origin) -m found } { req.fhdr(sec-fetch-site) -m found }',
  'http-request set-var(txn.cors_foreign) str(no) if { req.fhdr(sec-fetch-site) -m str same-origin none }',
  'http-request return status 403 if { var(txn.cors_status) -m str rejected } { var(txn.cors_foreign) -m str yes }',
];

/** The headers of every response, also of those that HAProxy makes itself. */
export function responseRules({ policies }: EdgeTable): Section {
  const removing = `http-after-response del-header access-control- -m beg unless { var(txn.cors_policy) -m str ${ALONE} }`;
  return joined([
    {
      rules: [
        '# Headers. Where a policy holds, what an upstream says is removed.',
        'http-after-response set-var(txn.cors_exposed) res.fhdr(access-control-expose-headers)',
        `${removing} or !{ var(txn.cors_policy) -m found }`,
      ],
      files: {},
    },
    ...headerNamesOf(policies).map((name) => headerRules(policies, name)),
    varyRules(policies),
  ]);
}

/** Where the policy decides and there is no such header. */
const NOTHING = '@none';

function headerRules(policies: readonly EdgePolicy[], name: string): Section {
  const cases = policies.flatMap((policy) =>
    owns(policy, name)
      ? PHASES.flatMap((phase) =>
          GRANTS.map((grant) => ({
            key: `${policy.key}:${phase}:${grant}`,
            value: valueIn(policy, name, phase, grant),
          })),
        )
      : [],
  );
  const file = `cors-${name.toLowerCase()}.map`;
  const found = `var(txn.cors_case),map_str(${file})`;
  const rows = cases
    .filter(({ value }) => value?.kind !== 'upstream')
    .map(({ key, value }): MapRow => [key, textOf(value)]);
  const kinds = new Set(rows.map(([, value]) => (value.startsWith('@') ? value : '')));
  const own = cases.flatMap(({ key, value }): MapRow[] =>
    value !== undefined && ownOf(value) !== '' ? [[key, ownOf(value)]] : [],
  );
  const set = `http-after-response set-header ${name}`;
  return {
    rules: [
      ...(isCorsHeader(name)
        ? []
        : [`http-after-response del-header ${name} if { ${found} -m found }`]),
      ...(kinds.has('')
        ? [`${set} %[${found}] if { ${found} -m found } !{ ${found} -m beg @ }`]
        : []),
      ...[...kinds].flatMap(
        (kind) =>
          DYNAMIC[kind]?.(
            set,
            `{ ${found} -m str ${kind} }`,
            `var(txn.cors_case),map_str(cors-own-${name.toLowerCase()}.map)`,
          ) ?? [],
      ),
    ],
    files: {
      ...exposedFiles(),
      [file]: rows.filter(([, value]) => value !== NOTHING || !isCorsHeader(name)),
      [`cors-own-${name.toLowerCase()}.map`]: own,
    },
  };
}

type Dynamic = (set: string, isKind: string, own: string) => readonly string[];

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

/** Values that are made from the request, or from the upstream's answer. */
const DYNAMIC: Readonly<Record<string, Dynamic>> = {
  '@origin': (set, isKind) => [`${set} %[var(txn.cors_origin)] if ${isKind}`],
  '@methods': (set, isKind) => [`${set} %[var(txn.cors_listed)] if ${isKind}`],
  '@requested': (set, isKind) => [
    `${set} %[var(txn.cors_requested)] if ${isKind} { var(txn.cors_requested) -m len 1:16384 }`,
  ],
  '@list': (set, isKind, own) => [
    `${set} %[${own}] if ${isKind} { var(txn.cors_requested) -m len 1:16384 } { ${own} -m found }`,
  ],
  '@exposed': exposedRules,
  '@exposed-credentials': exposedRules,
};

/** An upstream's list that is not one of header names is dropped; with credentials `*` is a name that nobody means. */
function exposedRules(set: string, isKind: string, own: string): readonly string[] {
  const list = isKind.includes('credentials') ? NAMES_ALONE : NAMES;
  const isList = `{ var(txn.cors_exposed),map_reg(${list}) -m str yes }`;
  return [
    `${set} %[${own}] if ${isKind} { ${own} -m found }`,
    `${set} "%[${own}], %[var(txn.cors_exposed)]" if ${isKind} { ${own} -m found } ${isList}`,
    `${set} %[var(txn.cors_exposed)] if ${isKind} !{ ${own} -m found } ${isList}`,
  ];
}

const NAMES = 'cors-exposed-names.map';
const NAMES_ALONE = 'cors-exposed-names-alone.map';

function exposedFiles(): Section['files'] {
  const isList: MapRow = [expressionKey(`^${TOKEN}(?:[ \\t]*,[ \\t]*${TOKEN})*$`), 'yes'];
  const hasStar: MapRow = [expressionKey('(?:^|[, \\t])\\*(?:[, \\t]|$)'), 'no'];
  return { [NAMES]: [isList], [NAMES_ALONE]: [hasStar, isList] };
}

function textOf(value: EdgeValue | undefined): string {
  if (value === undefined) return NOTHING;
  switch (value.kind) {
    case 'text':
      return value.text === '' ? NOTHING : value.text;
    case 'requested':
      return value.list === null ? '@requested' : '@list';
    case 'exposed':
      return value.credentials ? '@exposed-credentials' : '@exposed';
    default:
      return `@${value.kind}`;
  }
}

function ownOf(value: EdgeValue): string {
  if (value.kind === 'requested') return value.list ?? '';
  return value.kind === 'exposed' ? value.own : '';
}

/** Names that the answer does not vary by already are added. */
function varyRules(policies: readonly EdgePolicy[]): Section {
  const names = [...new Set(policies.flatMap(({ vary }) => vary))];
  return {
    rules: [
      'http-after-response set-header Vary %[var(txn.cors_policy),map_str(cors-vary-preflight.map)] if { var(txn.cors_phase) -m str preflight } { var(txn.cors_policy),map_str(cors-vary-preflight.map) -m found }',
      ...names.map(
        (name) =>
          `http-after-response add-header Vary ${name} if { var(txn.cors_phase) -m str actual } { var(txn.cors_policy),map_str(${varyFile(name)}) -m found } !{ res.hdr(vary) -m str -i ${name} * }`,
      ),
    ],
    files: {
      'cors-vary-preflight.map': policies.map(({ key, preflightVary }): MapRow => [
        key,
        preflightVary.join(', '),
      ]),
      ...Object.fromEntries(
        names.map((name) => [
          varyFile(name),
          policies.filter(({ vary }) => vary.includes(name)).map(({ key }): MapRow => [key, 'yes']),
        ]),
      ),
    },
  };
}

/** The policies whose responses vary by a name. */
function varyFile(name: string): string {
  return `cors-vary-${name.toLowerCase()}.map`;
}
