import { sourcesOfDefaultPorts } from '../edge/edge-origins.js';
import type { EdgeTable } from '../edge/edge-table.js';
import { OTHER } from '../edge/edge-methods.js';
import { expression, map, quote } from './directives.js';

/** What is asked: the phase, the method, the path and the origin, each as far as it is valid. */
export function requestMaps({ canonical, methods }: EdgeTable): readonly string[] {
  return [
    '# A preflight is OPTIONS with an Origin and Access-Control-Request-Method.',
    map('$http_origin', 'cors_has_origin', [['""', '0']], '1'),
    map(
      '"$request_method:$cors_has_origin:$http_access_control_request_method"',
      'cors_phase',
      [[expression('^OPTIONS:1:.'), 'preflight']],
      'actual',
    ),
    map(
      '$cors_phase',
      'cors_asked',
      [['preflight', '$http_access_control_request_method']],
      '$request_method',
    ),
    '# Methods are compared with regard to case; those that no browser may ask for are "-".',
    map(
      '$cors_asked',
      'cors_method',
      [
        [expression(`^(?<cors_named>${methods.named.join('|')})$`), '$cors_named'],
        [expression(`^(?:${methods.others.join('|')})$`), quote(OTHER)],
      ],
      '"-"',
    ),
    '# The path as it was sent; empty where services may read it in several ways.',
    map('$request_uri', 'cors_target', [
      [expression('^(?<cors_before_query>[^?]*)'), '$cors_before_query'],
    ]),
    map('$cors_target', 'cors_path', [
      ...canonical.excluded.map((source) => [expression(source), '""'] as const),
      [expression(canonical.expression), '$cors_target'],
    ]),
    '# Of every origin in a list the letters are small, and browsers leave the default port out.',
    map('$http_origin', 'cors_origin', [
      [expression('^.{327}'), '""'],
      [expression('[^!-@\\[-~]'), '""'],
      ...sourcesOfDefaultPorts().map((source) => [expression(source), '""'] as const),
      [expression('^[a-z]'), '$http_origin'],
    ]),
  ];
}
