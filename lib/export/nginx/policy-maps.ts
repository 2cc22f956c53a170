import { DISPUTED } from '../edge/edge-policies.js';
import { BEYOND, type EdgeCell } from '../edge/cell.js';
import { listedRows, nameCells, type NamedCells, policyRows } from '../edge/named-cells.js';
import type { EdgeTable } from '../edge/edge-table.js';
import { expression, map, type MapLine, quote } from './directives.js';

/** The policy that answers: by the routes, else by `paths` and `default`. */
export function policyMaps(table: EdgeTable): readonly string[] {
  const routes = nameCells(table.routes, 'r');
  const entries = nameCells(table.entries, 'e');
  return [
    '# Routes, in the order in which they count.',
    map('$cors_path', 'cors_route', linesOf(table.routes, routes), '"r0"'),
    map('"$cors_route:$cors_method"', 'cors_by_route', answersOf(routes), BEYOND),
    '# Everything else: `paths`, then `default`.',
    map('$cors_path', 'cors_entry', linesOf(table.entries, entries)),
    map('"$cors_entry:$cors_method"', 'cors_by_entry', answersOf(entries), DISPUTED),
    map('$cors_by_route', 'cors_canonical', [[BEYOND, '$cors_by_entry']], '$cors_by_route'),
    map('$cors_path', 'cors_policy', [['""', DISPUTED]], '$cors_canonical'),
    map('"$cors_route:$cors_method"', 'cors_listed', listsOf(routes), '$cors_asked'),
  ];
}

function linesOf(cells: readonly EdgeCell[], { names }: NamedCells): readonly MapLine[] {
  return cells.map(({ expression: source, ignoresCase }, index) => [
    expression(source, ignoresCase),
    names[index] ?? '',
  ]);
}

function answersOf(cells: NamedCells): readonly MapLine[] {
  return policyRows(cells).map(([key, policy]) => [quote(key), policy]);
}

function listsOf(cells: NamedCells): readonly MapLine[] {
  return listedRows(cells).map(([key, list]) => [quote(key), quote(list)]);
}
