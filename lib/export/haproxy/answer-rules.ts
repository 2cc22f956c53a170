import type { EdgeTable } from '../edge/edge-table.js';
import type { MapRow } from './map-file.js';
import type { Section } from './section.js';
import { someReject, statusesOf } from '../edge/outcomes.js';

/** Answers of HAProxy itself. */
export function answerRules({ policies }: EdgeTable): Section {
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
      ...(someReject(policies) ? REJECTING : []),
      ...statusesOf(policies).map(
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
