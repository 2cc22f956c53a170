import { type EdgeOrigins, sourceOfPattern, isEmpty } from '../edge/edge-origins.js';
import type { Grant } from '../edge/edge-headers.js';
import type { EdgePolicy } from '../edge/edge-policy.js';
import type { EdgeTable } from '../edge/edge-table.js';
import { GRANTS } from '../edge/outcomes.js';
import { TOO_LONG } from '../edge/requested-headers.js';
import { type Lookup, NOTHING, own, request, type Row, textRows } from './lookup.js';
import { headerSteps, methodRows } from '../edge/preflight-steps.js';

/** How far the origin is let in, and what a preflight comes to: `preflight:none` where a step fails. */
export function grantLookups({ policies, methods }: EdgeTable): readonly Lookup[] {
  return [
    ...policies.flatMap(originLookups),
    {
      about: 'How far the policy lets the origin in.',
      name: 'grant',
      of: [own('policy')],
      rows: policies.map(({ key }): Row => [key, [own(`grant_${key}`)]]),
      otherwise: ['none'],
    },
    methodLookup(policies, methods.named),
    ...headerLookups(policies),
    {
      name: 'case',
      of: ['phase', 'method_step', 'header_step', 'grant'].flatMap((name) => [own(name), ' ']),
      rows: GRANTS.flatMap((grant): Row[] => [
        [`preflight 1 1 ${grant} `, [`preflight:${grant}`]],
        [{ expression: `^actual .*${grant} $` }, [`actual:${grant}`]],
      ]),
      otherwise: ['preflight:none'],
    },
  ];
}

function originLookups({ key, readers, credentialed }: EdgePolicy): readonly Lookup[] {
  const name = `grant_${key}`;
  const reads = (as: string, grant: Grant): Lookup =>
    readers === 'anyone'
      ? { name: as, of: [own('phase')], rows: [], otherwise: [grant] }
      : { name: as, of: [own('origin')], rows: rowsOf(readers, grant), otherwise: ['none'] };
  if (credentialed === 'readers') return [reads(name, 'full')];
  if (isEmpty(credentialed)) return [reads(name, 'read')];
  return [
    reads(`reads_${key}`, 'read'),
    {
      name: `sends_${key}`,
      of: [own('origin')],
      rows: rowsOf(credentialed, 'full'),
      otherwise: NOTHING,
    },
    {
      name,
      of: [own(`reads_${key}`), ' ', own(`sends_${key}`)],
      rows: [
        ['read full', ['full']],
        ['read ', ['read']],
      ],
      otherwise: ['none'],
    },
  ];
}

function rowsOf({ exact, patterns }: EdgeOrigins, grant: Grant): readonly Row[] {
  return [
    ...exact.map((origin): Row => [origin, [grant]]),
    ...patterns.map((pattern): Row => [{ expression: sourceOfPattern(pattern) }, [grant]]),
  ];
}

function methodLookup(policies: readonly EdgePolicy[], known: readonly string[]): Lookup {
  return {
    about: 'The method step and the headers step of preflights.',
    name: 'method_step',
    of: [own('policy'), ':', own('method')],
    rows: textRows(methodRows(policies, known)),
    otherwise: ['0'],
  };
}

function headerLookups(policies: readonly EdgePolicy[]): readonly Lookup[] {
  const { sources, numberOf } = headerSteps(policies);
  return [
    ...sources.map((expression, index) => ({
      name: `headers_${index + 1}`,
      of: [request('Access-Control-Request-Headers')],
      rows: [
        ['', ['1']],
        [{ expression: TOO_LONG }, ['0']],
        [{ expression, ignoresCase: true }, ['1']],
      ] as const,
      otherwise: ['0'],
    })),
    {
      name: 'header_step',
      of: [own('policy')],
      rows: policies.map((policy): Row => [policy.key, [own(`headers_${numberOf(policy)}`)]]),
      otherwise: ['0'],
    },
  ];
}
