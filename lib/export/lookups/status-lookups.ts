import type { EdgeTable } from '../edge/edge-table.js';
import { type Lookup, NOTHING, own, request, type Row } from './lookup.js';
import { someReject } from '../edge/outcomes.js';

/** The statuses that an engine gives itself; nothing where the request goes on. `own_host` comes from the engine. */
export function statusLookups({ policies }: EdgeTable): readonly Lookup[] {
  return [
    ...(someReject(policies) ? REJECTED : []),
    {
      about: 'The status that is answered here; nothing: the request goes on.',
      name: 'status',
      of: [own('policy'), ':', own('case')],
      rows: policies.flatMap(({ key, status, rejects }): Row[] => [
        [`${key}:preflight:none`, ['403']],
        [`${key}:preflight:read`, [String(status)]],
        [`${key}:preflight:full`, [String(status)]],
        ...(rejects ? [[`${key}:actual:none`, [own('rejected')]] as const] : []),
      ]),
      otherwise: NOTHING,
    },
  ];
}

/** Turned away: a request of another origin, which the policy denies. */
const REJECTED: readonly Lookup[] = [
  {
    about:
      'Fetch Metadata says whether a page of another origin asks; else the Origin is compared with the Host.',
    name: 'elsewhere',
    of: [own('origin')],
    rows: [['', ['403']]],
    otherwise: [own('own_host')],
  },
  {
    name: 'foreign',
    of: [request('Sec-Fetch-Site')],
    rows: [
      ['', [own('elsewhere')]],
      [{ expression: '^(?:same-origin|none)$' }, NOTHING],
    ],
    otherwise: ['403'],
  },
  {
    name: 'rejected',
    of: [own('has_origin')],
    rows: [['no', NOTHING]],
    otherwise: [own('foreign')],
  },
];
