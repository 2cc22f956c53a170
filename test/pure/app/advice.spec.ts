import { adviceOn } from '../../../lib/app/advice/advice.js';
import { nearMiss } from '../../../lib/app/advice/near-miss.js';
import { ApplicationPolicies } from '../../../lib/app/application-policies.js';
import type { CompiledPolicy } from '../../../lib/protocol/compiled-policy.js';
import type { CorsPolicyOptions } from '../../../lib/config/policies/policy-options.js';

function compile(policy: CorsPolicyOptions): CompiledPolicy {
  const { named, issues } = new ApplicationPolicies({ policies: { it: policy } }, 'hook', []);
  expect(issues.errors).toEqual([]);
  return named.get('it') as CompiledPolicy;
}

describe('nearMiss', () => {
  it.each<[allowed: string[], origin: string, expected: string | undefined]>([
    [['http://localhost'], 'http://localhost:5173', 'you allow http://localhost, and browsers send the port'],
    [['http://localhost:3000'], 'http://localhost:5173', 'you allow http://localhost:3000, and the page is on another port'],
    [['http://localhost:3000'], 'http://127.0.0.1:3000', 'you allow http://localhost:3000, and to a browser 127.0.0.1 is another host'],
    [['https://a.test'], 'http://a.test', 'you allow https://a.test, and the page is on http'],
    [['https://a.test'], 'http://a.test:8080', 'you allow https://a.test, and the page is on http://a.test:8080'],
    [['https://a.test'], 'https://a.test:8443', 'you allow https://a.test, and browsers send the port'],
    [['https://a.test'], 'https://www.a.test', 'you allow https://a.test, and the page is on its www. name'],
    [['https://www.a.test'], 'https://a.test', 'you allow https://www.a.test, and the page has no www.'],
    [['https://*.a.test'], 'https://a.test', 'you allow what is below a.test, and not a.test itself'],
    [['https://a.test'], 'https://shop.a.test', 'you allow https://a.test alone, and not what is below it'],
    [['https://a.test'], 'https://b.test', undefined],
    [['https://a.test'], 'null', undefined],
    [['https://a.test'], 'https://a.test/', undefined],
  ])('%j, asked by %s', (origin, asked, expected) => {
    expect(nearMiss(compile({ origin }).origins, asked)).toBe(expected);
  }); // prettier-ignore
});

describe('adviceOn', () => {
  const partners = { origin: 'https://a.test', methods: ['PUT'], allowedHeaders: [] };
  const secret = { origin: 'https://a.test', credentials: true };

  it.each<[string, CorsPolicyOptions, Partial<Parameters<typeof adviceOn>[0]>, string | undefined]>(
    [
      ['nothing where nothing was denied', partners, { reason: 'allowed' }, undefined],
      ['a named policy', partners, { reason: 'origin-denied' }, `policy "it" does not allow https://b.test; add 'https://b.test' to policies.it.origin if it may read`],
      ['a method', partners, { reason: 'method-denied' }, `policy "it" allows PUT (and GET, HEAD, POST, as everywhere); add 'DELETE' to policies.it.methods if it may be sent`],
      ['a method that is none', partners, { reason: 'method-denied', method: 'M0' }, 'M0 is no method that a browser sends and Node.js reads'],
      ['null, which nobody may add', partners, { reason: 'origin-denied', origin: 'null' }, 'policy "it" does not allow null: a sandboxed frame, a page from a file and some redirects send it, and so can any site'],
      ['http with credentials, which start-up refuses', secret, { reason: 'origin-denied', origin: 'http://a.test' }, 'policy "it" does not allow http://a.test: you allow https://a.test, and the page is on http'],
      ['what is no origin', partners, { reason: 'origin-denied', origin: 'https://b.test/' }, 'policy "it" does not allow https://b.test/'],
    ],
  )('%s', (_name, policy, denial, expected) => {
    const given = { reason: 'origin-denied', origin: 'https://b.test', method: 'DELETE' } as const;
    expect(adviceOn({ ...given, policy: compile(policy), ...denial })).toBe(expected);
  }); // prettier-ignore

  it('proposes only what start-up takes', () => {
    const policy = compile(secret);
    for (const origin of ['http://a.test', 'https://github.io', 'chrome-extension://x', 'http://localhost:1', 'https://c.test:8443']) {
      const advice = adviceOn({ reason: 'origin-denied', policy, origin, method: 'GET' }) ?? '';
      const [, proposed] = /add '([^']+)'/.exec(advice) ?? [];
      if (proposed !== undefined) compile({ ...secret, origin: [secret.origin, proposed] });
    }
    expect.hasAssertions();
  }); // prettier-ignore
});
