import { ChromiumPages, describeInChromium } from './support/chromium.js';
import { generateScenario } from './support/generate.js';
import type { Observation, PlannedFetch, Scenario, WireLog } from './support/scenario.js';
import { ScriptedServer } from './support/scripted-server.js';
import { SimulatedPages } from './support/simulated.js';
import { SEED as seed } from '../support/seed.js';

const runs = Number(process.env['CORS_RUNS'] ?? 200);

/** Names that come from the connection, not from the answer. */
const CONNECTION = new Set(['connection', 'keep-alive', 'transfer-encoding', 'date']);

interface Pages {
  fetch(origin: string, planned: PlannedFetch): Promise<Observation>;
}

interface Trace {
  readonly observation: Observation;
  readonly wire: readonly WireLog[];
}

describeInChromium('differential: simulator and Chromium', (executablePath) => {
  let server: ScriptedServer;
  let real: ChromiumPages;
  let simulated: SimulatedPages;

  beforeAll(async () => {
    server = new ScriptedServer();
    real = await ChromiumPages.launch(executablePath, await server.listen());
    simulated = new SimulatedPages(server.server);
  }, 60_000);

  afterAll(async () => {
    await simulated.close();
    await real.close();
    await server.close();
  });

  it(
    'agree on random fetches: verdict, reason, what the page sees, and every request',
    async () => {
      const disagreements: string[] = [];
      let fetches = 0;
      let blocked = 0;
      for (let index = 0; fetches < runs; index++) {
        const scenario = generateScenario(seed + index);
        const expected = await play(scenario, real, server);
        const actual = await play(scenario, simulated, server);
        fetches += expected.length;
        blocked += expected.filter(({ observation }) => !observation.allowed).length;
        disagreements.push(...compare(seed + index, scenario, expected, actual));
      }
      process.stdout.write(
        `differential: CORS_SEED=${seed} CORS_RUNS=${runs}, Chromium ${real.version()}: ${fetches} fetches, ` +
          `${blocked} blocked, ${disagreements.length} disagreements\n`,
      );
      expect(disagreements.slice(0, 5).join('\n\n')).toBe('');
    },
    60_000 + runs * 200,
  );
});

async function play(scenario: Scenario, pages: Pages, server: ScriptedServer): Promise<Trace[]> {
  server.serve(scenario.resources);
  server.takeLog();
  const traces: Trace[] = [];
  for (const planned of scenario.fetches) {
    const observation = await pages.fetch(scenario.page, planned);
    traces.push({ observation, wire: server.takeLog() });
  }
  return traces;
}

/** One text per scenario that differs, with what is needed to look into it. */
function compare(
  seed: number,
  scenario: Scenario,
  expected: readonly Trace[],
  actual: readonly Trace[],
): string[] {
  const index = expected.findIndex((trace, at) => show(trace) !== show(actual[at], trace));
  if (index < 0) return [];
  const answers = [...scenario.resources].map(
    ([path, answer]) => `${path} ${JSON.stringify(answer)}`,
  );
  const earlier = scenario.fetches.slice(0, index + 1).map((planned) => JSON.stringify(planned));
  return [
    [
      `CORS_SEED=${seed} CORS_RUNS=1, page ${scenario.page}, fetch ${index + 1}`,
      ...earlier,
      ...answers,
      `chromium:  ${show(expected[index])}`,
      `simulator: ${show(actual[index], expected[index])}`,
    ].join('\n'),
  ];
}

/** Reasons are compared where Chromium gives one; the rest it reports without a CORS error. */
function show(trace: Trace | undefined, like: Trace | undefined = trace): string {
  if (trace === undefined) return 'nothing';
  const { reason, headers, ...rest } = trace.observation;
  const visible = headers?.filter(([name]) => !CONNECTION.has(name));
  const named = like?.observation.reason === undefined ? undefined : reason;
  return JSON.stringify({ ...rest, reason: named, visible, wire: trace.wire });
}
