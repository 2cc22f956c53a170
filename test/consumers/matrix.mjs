// Installs the packed package into throw-away applications as people have them, builds, type-checks, boots and tests them, and prints
// what came of it. Run after `npm run build`:
//   node test/consumers/matrix.mjs --small          what CI runs
//   node test/consumers/matrix.mjs                  every shape, on the Node at hand
//   node test/consumers/matrix.mjs --nodes          every shape, on every Node that is supported
//   node test/consumers/matrix.mjs --only webpack   the shapes whose names contain this; --keep keeps the folder
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { cellsOf } from './matrix/cells.mjs';
import { shapes } from './matrix/shapes.mjs';
import { folder, installNodes, pack } from './matrix/workshop.mjs';

const { values } = parseArgs({
  options: {
    small: { type: 'boolean' },
    nodes: { type: 'boolean' },
    only: { type: 'string' },
    keep: { type: 'boolean' },
  },
});
const MAJORS = [20, 22, 24, 26];

function verdict({ fault, nests }) {
  if (!fault) return 'ok';
  return nests ? `Nest's own: ${nests}` : `FAILS: ${fault}`;
}

/** A line for each thing tried; what came out alike on several versions of Node stands in one. */
function print(cells) {
  const lines = Map.groupBy
    ? Map.groupBy(cells, (cell) => `${cell.cell}: ${verdict(cell)}`)
    : grouped(cells);
  for (const [line, alike] of lines) {
    const nodes = alike.flatMap(({ node }) => node ?? []);
    console.log(`  ${line}${nodes.length > 0 ? ` (Node ${nodes.join(', ')})` : ''}`);
  }
}

function grouped(cells) {
  const groups = new Map();
  for (const cell of cells) {
    const line = `${cell.cell}: ${verdict(cell)}`;
    groups.set(line, [...(groups.get(line) ?? []), cell]);
  }
  return groups;
}

const own = Number(process.versions.node.split('.')[0]);
const nodes = installNodes(values.nodes ? MAJORS : [own]);
const tarball = pack();
const chosen = shapes.filter(
  ({ name, small }) => (!values.small || small) && name.includes(values.only ?? ''),
);
const all = [];
for (const shape of chosen) {
  const begun = performance.now();
  const cells = cellsOf(shape, tarball, nodes);
  all.push(...cells);
  console.log(`${shape.name} (${Math.round((performance.now() - begun) / 1000)} s)`);
  print(cells);
}
const failing = all.filter(({ fault, nests }) => fault && !nests).length;
const nests = all.filter(({ fault, nests: own }) => fault && own).length;
console.log(
  `${all.length} cells: ${all.length - failing - nests} ok, ${nests} Nest's own, ${failing} failing`,
);
if (!values.keep) rmSync(folder, { recursive: true, force: true });
process.exitCode = failing > 0 ? 1 : 0;
