import { CorsConfigurationError, CorsModule, fromSource } from 'nestjs-cors';
import { fc } from '../../../support/fast-check.js';
import { startLive } from '../support/live-app.js';
import { MemorySource, state } from '../support/memory-source.js';

/** Whatever may come into a list: good, dangerous, covered by another one, mistaken for something else. */
const ORIGIN = fc.constantFrom(
  'https://a.example',
  'https://b.example',
  'https://a.example:8443',
  'https://*.b.example',
  'https://sub.b.example',
  'https://b.example:*',
  'http://localhost:5173',
  'http://plain.example',
  'https://*.com',
  'https://*.github.io',
  'null',
  '*',
  '',
  ' https://a.example',
  'https://a.example/',
  'https://a.example:443',
  'HTTPS://A.example',
  'https://a.example,https://b.example',
  'a.example',
  'ws://a.example',
  'https://münchen.example',
  'https://10.0.0.1',
);

/** More options of the policy: what is judged together with the list. */
const SHAPE = fc.record({
  credentials: fc.constantFrom(true, false, ['https://a.example'], ['https://*.b.example']),
  dangerouslyAllow: fc.constantFrom([], ['insecure-origin-with-credentials']),
});

interface Found {
  readonly code: string;
  readonly where: string;
}
const told = (issues: readonly Found[], from: string): readonly string[] =>
  issues.map(({ code, where }) => `${code} ${where.replace(from, 'policies.tenants')}`).sort();

/** Of a live list nobody knows what will be on it, and a listed origin that it denies is denied. */
const NOT_OF_LISTS = 'credentials-beyond-origin';

/** The mistakes that start-up would find, had the list stood in the code. */
function ofStartUp(shape: object, origin: readonly string[]): readonly string[] {
  const options = { policies: { tenants: { ...shape, origin } } };
  const { errors } = CorsModule.validate(options as Parameters<typeof CorsModule.validate>[0]);
  const ofLists = errors.filter(({ code }) => code !== NOT_OF_LISTS);
  return told(ofLists, 'policies.tenants');
}

/** The mistakes that are found in the first state. */
async function ofState(shape: object, origin: readonly string[]): Promise<readonly string[]> {
  const source = new MemorySource(state(1, origin));
  const options = { policies: { tenants: { ...shape, origin: fromSource() } } };
  const live = { source, pollEvery: 60_000, deadline: 50_000, startTimeout: 100_000 };
  try {
    const app = await startLive('fastify', live, { options, controllers: [] });
    await app.close();
    return [];
  } catch (error) {
    if (!(error instanceof CorsConfigurationError)) throw error;
    return told(error.issues, 'live.tenants');
  }
}

// Rule 9
it('a state is refused for what start-up would refuse, at the same places, and for nothing else', async () => {
  const kinds = new Set<boolean>();
  await fc.assert(
    fc.asyncProperty(SHAPE, fc.array(ORIGIN, { maxLength: 5 }), async (shape, origin) => {
      const expected = ofStartUp(shape, origin);
      expect(await ofState(shape, origin)).toEqual(expected);
      kinds.add(expected.length === 0);
    }),
    { numRuns: 150 },
  );
  expect(kinds).toEqual(new Set([true, false]));
});
