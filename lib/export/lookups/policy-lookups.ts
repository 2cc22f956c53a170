import { BEYOND, type EdgeCell } from '../edge/cell.js';
import { DISPUTED } from '../edge/edge-policies.js';
import type { EdgeTable } from '../edge/edge-table.js';
import { listedRows, nameCells, type NamedCells, policyRows } from '../edge/named-cells.js';
import { type Lookup, NOTHING, own, type Row, textRows } from './lookup.js';

/** The policy that answers: by the routes, else by `paths` and `default`. */
export function policyLookups(table: EdgeTable): readonly Lookup[] {
  const routes = nameCells(table.routes, 'r');
  const entries = nameCells(table.entries, 'e');
  return [
    {
      about: 'Routes, in the order in which they count.',
      name: 'route',
      of: [own('path')],
      rows: rowsOf(table.routes, routes),
      otherwise: ['r0'],
    },
    {
      name: 'by_route',
      of: [own('route'), ':', own('method')],
      rows: textRows(policyRows(routes)),
      otherwise: [BEYOND],
    },
    {
      about: 'Everything else: `paths`, then `default`.',
      name: 'entry',
      of: [own('path')],
      rows: rowsOf(table.entries, entries),
      otherwise: NOTHING,
    },
    {
      name: 'by_entry',
      of: [own('entry'), ':', own('method')],
      rows: textRows(policyRows(entries)),
      otherwise: [DISPUTED],
    },
    {
      name: 'canonical',
      of: [own('by_route')],
      rows: [[BEYOND, [own('by_entry')]]],
      otherwise: [own('by_route')],
    },
    {
      name: 'policy',
      of: [own('path')],
      rows: [['', [DISPUTED]]],
      otherwise: [own('canonical')],
    },
    {
      about:
        'The methods that a preflight lists: others under the same policy may follow without one.',
      name: 'listed',
      of: [own('route'), ':', own('method')],
      rows: textRows(listedRows(routes)),
      otherwise: [own('asked')],
    },
  ];
}

function rowsOf(cells: readonly EdgeCell[], { names }: NamedCells): readonly Row[] {
  return cells.map(({ expression, ignoresCase }, index) => [
    { expression, ignoresCase },
    [names[index] ?? ''],
  ]);
}
