// Boots an application under the agents that watch Node applications, the real ones, on both platforms and under both
// strategies: the policies hold, and the agent still knows the routes by name. Run after `npm run build`:
// node test/consumers/agents.mjs [part of an agent's name]
// The agents come into a folder that is thrown away; AGENTS=folder keeps one between runs.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const here = fileURLToPath(new URL('agents/', import.meta.url));
const [wanted = ''] = process.argv.slice(2);
const agents = readdirSync(join(here, 'preload')).map((file) => file.replace('.mjs', ''));

const PARTNER = 'https://partner.example';
const ANSWERS = {
  allowed: `200 ${PARTNER}`,
  denied: '200 -',
  public: '200 *',
  sealed: '200 -',
  guarded: `401 ${PARTNER}`,
  preflight: `204 ${PARTNER}`,
};
/** Names that an agent has to give to the requests that Nest routed; what it writes before the path is its own. */
const NAMES = [
  '/api/orders/:id',
  '/api/orders/:id',
  '/api/orders/:id/members',
  '/api/orders/:id/sealed',
  '/api/orders/catalogue/of/:year',
];

const kept = process.env.AGENTS;
const folder = kept ?? mkdtempSync(join(tmpdir(), 'nestjs-cors-agents-'));
if (!existsSync(join(folder, 'node_modules'))) {
  cpSync(join(here, 'pinned'), folder, { recursive: true });
  const npm = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  execFileSync('npm', npm, { cwd: folder, stdio: 'inherit' });
}

async function run(agent, platform, strategy) {
  const preload = join(here, 'preload', `${agent}.mjs`);
  const program = join(here, 'application.mjs');
  const args = ['--no-warnings', '--import', preload, program, platform, strategy, NAMES.length];
  const env = { ...process.env, AGENTS: folder };
  const { stdout } = await promisify(execFile)(process.execPath, args, { env, timeout: 120_000 });
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

/** An interceptor runs after guards, and rejects nothing. */
function judge({ answers, names, ran }, strategy) {
  const hook = strategy === 'hook';
  const reached = hook ? { rejected: '403 -' } : { guarded: '401 -', rejected: '200 -' };
  assert.deepEqual(answers, { ...ANSWERS, ...reached });
  assert.deepEqual(ran, hook ? [] : ['closed']);
  const routed = names.flatMap((name) => /GET[ /]*(\/api\/.*)/.exec(name)?.[1] ?? []);
  const named = routed.filter((path) => NAMES.includes(path));
  assert.deepEqual(named.sort(), NAMES, `named ${JSON.stringify(names)}`);
}

const cases = agents
  .filter((agent) => agent.includes(wanted))
  .flatMap((agent) =>
    ['express', 'fastify'].flatMap((platform) =>
      ['hook', 'interceptor'].map((strategy) => [agent, platform, strategy]),
    ),
  );
let failed = 0;

async function worker() {
  for (let next = cases.shift(); next !== undefined; next = cases.shift()) {
    const title = next.join(', ');
    try {
      judge(await run(...next), next[2]);
      console.log(`${title}: policies hold, routes are named`);
    } catch (error) {
      failed += 1;
      console.error(`${title}: ${error.message}\n${error.stderr ?? ''}`);
    }
  }
}

const count = cases.length;
assert.notEqual(count, 0, `no agent is called ${wanted}`);
await Promise.all(Array.from({ length: availableParallelism() }, worker));
if (kept === undefined) rmSync(folder, { recursive: true, force: true });
console.log(`agents: ${count - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
