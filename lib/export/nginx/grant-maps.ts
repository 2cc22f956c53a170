import { type EdgeOrigins, sourceOfPattern } from '../edge/edge-origins.js';
import type { EdgePolicy } from '../edge/edge-policy.js';
import type { EdgeTable } from '../edge/edge-table.js';
import { passingMethods } from '../edge/outcomes.js';
import { LONGEST_REQUESTED, sourceOfRequestedHeaders } from '../edge/requested-headers.js';
import { OTHER } from '../edge/edge-methods.js';
import { expression, map, type MapLine, quote } from './directives.js';

/** How far the origin is let in, and what a preflight comes to. */
export function grantMaps({ policies, methods }: EdgeTable): readonly string[] {
  return [
    '# How far each policy lets the origin in.',
    ...policies.flatMap(originMaps),
    map(
      '$cors_policy',
      'cors_grant',
      policies.map(({ key }) => [key, `$cors_grant_${key}`]),
      'none',
    ),
    '# The method step and the headers step of preflights.',
    map(
      '"$cors_policy:$cors_method"',
      'cors_method_passes',
      policies.flatMap((policy) =>
        passingMethods(policy, methods.named)
          .map((method): MapLine => [quote(`${policy.key}:${method}`), '1'])
          .concat(policy.methods === null ? [[quote(`${policy.key}:${OTHER}`), '1']] : []),
      ),
      '0',
    ),
    ...headerMaps(policies),
    map(
      '"$cors_phase:$cors_method_passes:$cors_headers_pass:$cors_grant"',
      'cors_case',
      (['none', 'read', 'full'] as const).flatMap((grant): MapLine[] => [
        [quote(`preflight:1:1:${grant}`), `"preflight:${grant}"`],
        [expression(`^actual:.*:${grant}$`), `"actual:${grant}"`],
      ]),
      '"preflight:none"',
    ),
  ];
}

function originMaps({ key, readers, credentialed }: EdgePolicy): readonly string[] {
  const grant = `cors_grant_${key}`;
  const reading = `cors_reads_${key}`;
  if (credentialed === 'readers') {
    return readers === 'anyone'
      ? [map('$cors_phase', grant, [], 'full')]
      : [map('$cors_origin', grant, linesOf(readers, 'full'), 'none')];
  }
  if (isEmpty(credentialed)) {
    return readers === 'anyone'
      ? [map('$cors_phase', grant, [], 'read')]
      : [map('$cors_origin', grant, linesOf(readers, 'read'), 'none')];
  }
  return [
    readers === 'anyone'
      ? map('$cors_phase', reading, [], 'read')
      : map('$cors_origin', reading, linesOf(readers, 'read'), 'none'),
    map('$cors_origin', `cors_sends_${key}`, linesOf(credentialed, 'full')),
    map(
      `"$${reading}:$cors_sends_${key}"`,
      grant,
      [
        ['"read:full"', 'full'],
        ['"read:"', 'read'],
      ],
      'none',
    ),
  ];
}

function isEmpty({ exact, patterns }: EdgeOrigins): boolean {
  return exact.length === 0 && patterns.length === 0;
}

function linesOf({ exact, patterns }: EdgeOrigins, grant: string): readonly MapLine[] {
  return [
    ...exact.map((origin): MapLine => [quote(origin), grant]),
    ...patterns.map((pattern): MapLine => [expression(sourceOfPattern(pattern)), grant]),
  ];
}

function headerMaps(policies: readonly EdgePolicy[]): readonly string[] {
  const lists = new Map<string, string>();
  for (const { allowedHeaders } of policies) {
    const source = sourceOfRequestedHeaders(allowedHeaders);
    if (!lists.has(source)) lists.set(source, `cors_headers_${lists.size + 1}`);
  }
  return [
    ...[...lists].map(([source, variable]) =>
      map(
        '$http_access_control_request_headers',
        variable,
        [
          ['""', '1'],
          [expression(`^.{${LONGEST_REQUESTED + 1}}`), '0'],
          [expression(source, true), '1'],
        ],
        '0',
      ),
    ),
    map(
      '$cors_policy',
      'cors_headers_pass',
      policies.map(({ key, allowedHeaders }): MapLine => [
        key,
        `$${lists.get(sourceOfRequestedHeaders(allowedHeaders)) ?? ''}`,
      ]),
      '0',
    ),
  ];
}
