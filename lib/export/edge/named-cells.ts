import { BEYOND, type EdgeAnswers, type EdgeCell, textOfAnswers } from './cell.js';
import { OTHER } from './edge-methods.js';
import { ALONE } from './edge-policies.js';

/** Cells whose answers are alike share a name. */
export interface NamedCells {
  readonly names: readonly string[];
  readonly answers: ReadonlyMap<string, EdgeAnswers>;
}

export function nameCells(cells: readonly EdgeCell[], prefix: string): NamedCells {
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

/** A method that no browser may ask for. */
export const NEVER = 'never';

/** The policy by `cell:method`. {@link NEVER} is answered as a method that is not named: nobody may ask for it. */
export function policyRows({ answers }: NamedCells): readonly (readonly [string, string])[] {
  return [...answers].flatMap(([name, byMethod]) =>
    [...byMethod].flatMap(([method, { policy }]) => {
      const methods = method === OTHER ? [method, NEVER] : [method];
      return policy === BEYOND ? [] : methods.map((one) => [`${name}:${one}`, policy] as const);
    }),
  );
}

/** The list of a preflight by `cell:method`; absent: the method that it asks for. */
export function listedRows({ answers }: NamedCells): readonly (readonly [string, string])[] {
  return [...answers].flatMap(([name, byMethod]) =>
    [...byMethod].flatMap(([method, { policy, listed = [] }]) =>
      policy === ALONE || !listed.includes(method)
        ? []
        : [[`${name}:${method}`, listed.join(', ')] as const],
    ),
  );
}
