// Runs a shape: installs, builds, type-checks, boots and tests it. A step that fails is tried on the same application without this
// package: where that fails too, it is Nest's own, and the cell shows Nest's error.
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { copyTo, folder, run, sourcesOf, writeFiles } from './workshop.mjs';

const INSTALL = {
  npm: ['npm', 'i', '--no-audit', '--no-fund'],
  pnpm: ['npx', '--yes', 'pnpm@12', 'add', '--ignore-scripts'],
  yarn: ['npx', '--yes', '@yarnpkg/cli-dist@4', 'add'],
};

/** The line of an output that says what went wrong; webpack's first one only says where. */
function complaint(output) {
  const lines = stripVTControlCharacters(output)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => !/^ERROR in \S+$/.test(line));
  return (
    lines.find((line) => /error|cannot|expected|must use|answered/i.test(line)) ??
    lines.at(-1) ??
    ''
  );
}

function write(shape, below, isStock) {
  writeFiles(below, {
    'package.json': { private: true, type: shape.isEsm ? 'module' : 'commonjs' },
    ...shape.files,
    ...sourcesOf({ ...shape, isStock }),
  });
}

/** The folder of the application: that of the installation, or a workspace in it. */
function prepare(shape, root) {
  const below = join(root, shape.workspace ?? '.');
  write(shape, below, false);
  const workspaces = { private: true, workspaces: [shape.workspace] };
  if (shape.workspace !== undefined) writeFiles(root, { 'package.json': workspaces });
  return below;
}

/** @returns the folder, or the complaint of the package manager */
function install(shape, tarball) {
  const root = join(folder, shape.name.replaceAll(/\W+/g, '-'));
  const below = prepare(shape, root);
  const [command, ...args] = INSTALL[shape.manager ?? 'npm'];
  const { ok, output } = run(root, command, [
    ...args,
    ...(shape.peers ?? []),
    ...shape.packages,
    tarball,
  ]);
  return { below, fault: ok ? undefined : complaint(output) };
}

/** The same application without this package, beside the one that has it: with the same packages. */
function stockOf(shape, below) {
  const stock = join(below, 'stock');
  if (existsSync(stock)) return stock;
  mkdirSync(stock);
  write(shape, stock, true);
  const modules = join(below, 'node_modules');
  if (existsSync(modules)) symlinkSync(modules, join(stock, 'node_modules'));
  build(shape, stock);
  return stock;
}

/** @returns what went wrong */
function build(shape, below) {
  const { ok, output } = run(below, process.execPath, shape.build);
  return ok ? undefined : complaint(output);
}

/** Everything in one file, which is taken to where no `node_modules` are; the places of it, by the folder of the application. */
function bundler({ by, step, file }) {
  const made = new Map();
  return (below) => {
    if (!made.has(below)) {
      const { ok, output } = run(below, process.execPath, step);
      const cwd = join(folder, `alone-${by}-${relative(folder, below)}`.replaceAll(/\W+/g, '-'));
      if (ok) copyTo(join(below, file, '..'), cwd);
      made.set(below, { cwd, file: basename(file), fault: ok ? undefined : complaint(output) });
    }
    return made.get(below);
  };
}

/** @returns one result for each adapter and strategy */
function boot({ cwd, file, flags = [] }, node, env) {
  const { output } = run(cwd, node, [...flags, file], env);
  const lines = [...output.matchAll(/^RESULT (\S+) (\S+) ?(.*)$/gm)];
  if (lines.length === 4)
    return lines.map(([, adapter, strategy, fault]) => ({
      cell: `${adapter}, ${strategy}`,
      fault,
    }));
  return [{ cell: 'boot', fault: complaint(output) }];
}

/**
 * @param place of an application, by the folder that it was installed in
 * @param by who made it one file, for the report
 */
function bootCells(shape, below, { major, path }, place, by = '') {
  const cells = boot(place(below), path, {});
  const stock = cells.some(({ fault }) => fault)
    ? boot(place(stockOf(shape, below)), path, { STOCK: '1' })
    : [];
  return cells.map(({ cell, fault }) => ({
    cell: `${by}${cell}`,
    node: major,
    fault,
    nests: stock.find((other) => other.cell === cell)?.fault,
  }));
}

function oneFileCells(shape, below, nodes, oneFile) {
  const place = bundler(oneFile);
  const by = `one file by ${oneFile.by}`;
  const { fault } = place(below);
  if (fault !== undefined) return [{ cell: by, fault, nests: place(stockOf(shape, below)).fault }];
  return nodes.flatMap((node) => bootCells(shape, below, node, place, `${by}: `));
}

function testCell(shape, below, { major, path }) {
  const { ok, output } = run(below, path, shape.test);
  if (ok) return { cell: 'tests', node: major };
  const stock = run(stockOf(shape, below), path, shape.test);
  const nests = stock.ok ? undefined : complaint(stock.output);
  return { cell: 'tests', node: major, fault: complaint(output), nests };
}

/**
 * @param nodes interpreters
 * @returns cells: what was tried, its fault, and Nest's own fault without this package
 */
export function cellsOf(shape, tarball, nodes) {
  const { below, fault } = install(shape, tarball);
  if (fault !== undefined) return [{ cell: 'install', fault }];
  const types = run(below, process.execPath, [...shape.tsc, '--noEmit', '-p', '.']);
  const cells = [{ cell: 'types', fault: types.ok ? undefined : complaint(types.output) }];
  const broken = build(shape, below);
  cells.push({ cell: 'build', fault: broken });
  if (broken !== undefined) return cells;
  for (const node of nodes) {
    cells.push(...bootCells(shape, below, node, (cwd) => ({ ...shape, cwd, file: shape.boot })));
    if (shape.test !== undefined) cells.push(testCell(shape, below, node));
  }
  for (const oneFile of shape.oneFiles ?? [])
    cells.push(...oneFileCells(shape, below, nodes, oneFile));
  return cells;
}
