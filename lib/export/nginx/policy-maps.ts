import { ALONE, DISPUTED } from '../edge/edge-policies.js';
import { BEYOND, type EdgeAnswers, type EdgeCell, textOfAnswers } from '../edge/cell.js';
import type { EdgeTable } from '../edge/edge-table.js';
import { OTHER } from '../edge/edge-methods.js';
import { expression, map, type MapLine, quote } from './directives.js';

/** Cells whose answers are alike share a name. */
interface NamedCells {
  readonly names: readonly string[];
  readonly answers: ReadonlyMap<string, EdgeAnswers>;
}

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

function nameCells(cells: readonly EdgeCell[], prefix: string): NamedCells {
  const known = new Map<string, string>();
  const answers = new Map<string, EdgeAnswers>();
  const names = cells.map((cell) => {
    const text = textOfAnswers(cell.answers);
    const name = known.get(text) ?? `${prefix}${known.size + 1}`;
    known.set(text, name);
    answers.set(name, cell.answers);
    return name;
  });
  return { names, answers };
}

function linesOf(cells: readonly EdgeCell[], { names }: NamedCells): readonly MapLine[] {
  return cells.map(({ expression: source, ignoresCase }, index) => [
    expression(source, ignoresCase),
    names[index] ?? '',
  ]);
}

/** `-` is answered as a method that is not named: nobody may ask for it. */
function answersOf({ answers }: NamedCells): readonly MapLine[] {
  return [...answers].flatMap(([name, byMethod]) =>
    [...byMethod].flatMap(([method, { policy }]): MapLine[] => {
      if (policy === BEYOND) return [];
      const methods = method === OTHER ? [method, '-'] : [method];
      return methods.map((one) => [quote(`${name}:${one}`), policy]);
    }),
  );
}

function listsOf({ answers }: NamedCells): readonly MapLine[] {
  return [...answers].flatMap(([name, byMethod]) =>
    [...byMethod].flatMap(([method, { policy, listed = [] }]): MapLine[] => {
      if (policy === ALONE || method === OTHER || !listed.includes(method)) return [];
      return [[quote(`${name}:${method}`), quote(listed.join(', '))]];
    }),
  );
}
