import { OTHER } from '../edge/edge-methods.js';
import type { EdgeTable } from '../edge/edge-table.js';
import { listedRows, nameCells, type NamedCells, NEVER, policyRows } from '../edge/named-cells.js';
import { BEYOND, type EdgeCell } from '../edge/cell.js';
import { DISPUTED } from '../edge/edge-policies.js';
import { expressionKey, type MapRow } from './map-file.js';
import type { Section } from './section.js';

/** Variables about a request, and the policy that answers it. */
export function requestRules(table: EdgeTable): Section {
  const routes = nameCells(table.routes, 'r');
  const entries = nameCells(table.entries, 'e');
  const { canonical, methods } = table;
  return {
    rules: [
      '# A preflight is OPTIONS with an Origin and Access-Control-Request-Method.',
      'http-request set-var(txn.cors_origin) req.fhdr(origin) if { req.fhdr_cnt(origin) eq 1 } { req.fhdr(origin) -m len 1:8192 }',
      'http-request set-var(txn.cors_phase) str(actual)',
      'http-request set-var(txn.cors_phase) str(preflight) if METH_OPTIONS { var(txn.cors_origin) -m found } { req.fhdr(access-control-request-method) -m len 1:8192 }',
      '# As text: as a sample of its own the method is now and then another one.',
      'http-request set-var-fmt(txn.cors_asked) "%[method]"',
      'http-request set-var(txn.cors_asked) req.fhdr(access-control-request-method) if { var(txn.cors_phase) -m str preflight }',
      `http-request set-var(txn.cors_method) var(txn.cors_asked),map_str(cors-methods.map,${NEVER})`,
      '# Routes in the order in which they count; everything else: `paths`, then `default`.',
      'http-request set-var(txn.cors_cell) path,map_reg(cors-routes.map,r0)',
      'http-request set-var-fmt(txn.cors_place) "%[var(txn.cors_cell)]:%[var(txn.cors_method)]"',
      `http-request set-var(txn.cors_policy) var(txn.cors_place),map_str(cors-route-policies.map,${BEYOND})`,
      'http-request set-var(txn.cors_listed) var(txn.cors_place),map_str(cors-listed.map)',
      'http-request set-var(txn.cors_listed) var(txn.cors_asked) if !{ var(txn.cors_listed) -m found }',
      'http-request set-var(txn.cors_cell) path,map_reg(cors-entries.map,e0)',
      'http-request set-var-fmt(txn.cors_place) "%[var(txn.cors_cell)]:%[var(txn.cors_method)]"',
      `http-request set-var(txn.cors_policy) var(txn.cors_place),map_str(cors-entry-policies.map,${DISPUTED}) if { var(txn.cors_policy) -m str ${BEYOND} }`,
      '# Services may read the path in several ways.',
      `http-request set-var(txn.cors_policy) str(${DISPUTED}) unless { path,map_reg(cors-paths.map,no) -m str yes }`,
    ],
    files: {
      'cors-methods.map': [
        ...methods.named.map((method): MapRow => [method, method]),
        ...methods.others.map((method): MapRow => [method, OTHER]),
      ],
      'cors-paths.map': [
        ...canonical.excluded.map((source): MapRow => [expressionKey(source), 'no']),
        [expressionKey(canonical.expression), 'yes'],
      ],
      'cors-routes.map': rowsOf(table.routes, routes),
      'cors-route-policies.map': policyRows(routes),
      'cors-listed.map': listedRows(routes),
      'cors-entries.map': rowsOf(table.entries, entries),
      'cors-entry-policies.map': policyRows(entries),
    },
  };
}

function rowsOf(cells: readonly EdgeCell[], { names }: NamedCells): readonly MapRow[] {
  return cells.map(({ expression, ignoresCase }, index) => [
    expressionKey(expression, ignoresCase),
    names[index] ?? '',
  ]);
}
