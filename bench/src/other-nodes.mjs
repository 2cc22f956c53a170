import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../node_modules/.nodes', import.meta.url));

/**
 * Runs the same command once on each Node that `--node 22,24,26` names, under a heading of its own, and ends the process.
 * Returns where none is named.
 */
export function onOtherNodes(versions) {
  if (versions === undefined) return;
  const [, script, ...given] = process.argv;
  const args = withoutNode(given);
  for (const version of versions.split(',')) {
    const binary = nodeBinary(version);
    const { stdout } = spawnSync(binary, ['--version'], { encoding: 'utf8' });
    console.log(`\n## Node ${stdout.trim().slice(1)}\n`);
    const { status } = spawnSync(binary, [script, ...args], { stdio: 'inherit' });
    if (status !== 0) process.exit(status ?? 1);
  }
  process.exit();
}

/** The binary that the package `node` of the registry brings, installed once. */
function nodeBinary(version) {
  const folder = join(FOLDER, version);
  const binary = join(folder, 'node_modules/node/bin/node');
  if (existsSync(binary)) return binary;
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', folder];
  const { status } = spawnSync('npm', [...args, `node@${version}`], { stdio: 'inherit' });
  if (status !== 0) throw new Error(`node@${version} could not be installed`);
  return binary;
}

function withoutNode(args) {
  const at = args.indexOf('--node');
  if (at === -1) return args.filter((argument) => !argument.startsWith('--node='));
  return args.toSpliced(at, 2);
}
