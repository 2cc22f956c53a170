// How long a command takes: by the clock, and by the CPU time of the process and of all that it starts, which a busy machine changes less.
import { spawnSync } from 'node:child_process';

const SHELL = '"$@"; code=$?; times >&2; exit $code';

/** Seconds in the last line of a shell's `times`: what its children took, `0m1.250000s 0m0.130000s`. */
function cpuOf(times) {
  const spent = [...times.matchAll(/(\d+)m([\d.]+)s/g)];
  return spent.reduce(
    (sum, [, minutes, seconds]) => sum + 60 * Number(minutes) + Number(seconds),
    0,
  );
}

/** @returns {{ code: number, out: string, error: string, wall: number, cpu: number }} */
export function timed(cwd, command) {
  const env = { ...process.env, NO_COLOR: '1', npm_config_update_notifier: 'false' };
  const begun = performance.now();
  const done = spawnSync('sh', ['-c', SHELL, 'sh', ...command], { cwd, env, encoding: 'utf8' });
  const wall = (performance.now() - begun) / 1000;
  const lines = done.stderr.trimEnd().split('\n');
  const error = lines.slice(0, -2).join('\n');
  return { code: done.status, out: done.stdout, error, wall, cpu: cpuOf(lines.at(-1) ?? '') };
}

/** The least of some runs that take turns, for each command: what else the machine does only adds. */
export function leastOf(cwd, commands, rounds) {
  const taken = commands.map(() => []);
  for (let round = 0; round < rounds; round += 1)
    for (const [index, command] of commands.entries()) taken[index].push(timed(cwd, command));
  return taken.map((runs) => ({
    ...runs[0],
    wall: Math.min(...runs.map(({ wall }) => wall)),
    cpu: Math.min(...runs.map(({ cpu }) => cpu)),
  }));
}
