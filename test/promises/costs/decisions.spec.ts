import { compileOriginMatcher, type OriginMatcher } from '../../../lib/protocol/origin/matcher.js';
import { parseOriginPattern } from '../../../lib/config/origins/origin-pattern.js';
import type { OriginPattern } from '../../../lib/protocol/origin/pattern.js';
import { PolicyRegistry } from '../../../lib/config/policies/policy-registry.js';
import { IssueCollector } from '../../../lib/config/issues/issue-collector.js';
import type { CompiledPolicy } from '../../../lib/protocol/compiled-policy.js';
import type { CorsPolicyOptions } from '../../../lib/config/policies/policy-options.js';
import { writeActualHeaders } from '../../../lib/protocol/actual-response.js';
import { grantOf } from '../../../lib/protocol/origin/grant.js';
import { parseRequestedHeaders } from '../../../lib/protocol/requested-headers.js';
import { operationsOf } from './support/counting.js';

const ORIGIN = 'https://app.example.com';
const DENIED = 'https://a.b.evil.example.net';

function matcherOf(sources: readonly string[]): OriginMatcher {
  const patterns = sources.map((source) => parseOriginPattern(source).pattern as OriginPattern);
  return compileOriginMatcher({ patterns, regexps: [], predicates: [] });
}

function numbered(count: number, name: (index: number) => string): string[] {
  return Array.from({ length: count }, (_, index) => name(index));
}

const tenants = (index: number): string => `https://tenant-${index}.example.com`;
const customers = (index: number): string => `https://*.customer-${index}.example.com`;

function compile(options: CorsPolicyOptions): CompiledPolicy {
  const surroundings = { production: false, publicSuffixOf: () => undefined };
  const registry = new PolicyRegistry({ policy: options }, new IssueCollector(), surroundings);
  return registry.get('policy', 'here')?.compiled as CompiledPolicy;
}

describe('the decision about an origin', () => {
  it.each([
    ['exact origins, allowed', tenants, 50_000, ORIGIN],
    ['exact origins, denied', tenants, 50_000, DENIED],
    ['patterns, allowed', customers, 1000, 'https://a.customer-0.example.com'],
    ['patterns, denied', customers, 1000, DENIED],
  ])('takes as many look-ups for many as for one: %s', (_, name, many, origin) => {
    const [one, all] = [1, many].map((count) => {
      const matcher = matcherOf([ORIGIN, ...numbered(count, name)]);
      return operationsOf(() => matcher.allows(origin));
    });
    expect(all).toEqual(one);
  });

  it('looks at no origin that is longer than one can be', () => {
    const matcher = matcherOf([ORIGIN, 'https://*.example.com']);
    const origin = `https://${'a.'.repeat(7500)}example.com`;
    expect(operationsOf(() => matcher.allows(origin))).toEqual({
      setLookups: 0,
      mapLookups: 0,
      regexps: 0,
      characters: 0,
    });
  });
});

describe('the head of an actual response', () => {
  class CountingSink {
    readonly calls: string[] = [];

    getHeader(): undefined {
      return undefined;
    }

    getHeaderNames(): readonly string[] {
      this.calls.push('names');
      return [];
    }

    setHeader(name: string): void {
      this.calls.push(name);
    }

    removeHeader(name: string): void {
      this.calls.push(`remove ${name}`);
    }
  }

  it.each([
    [
      'allowed',
      { origin: ORIGIN, credentials: true },
      true,
      ['Vary', 'Access-Control-Allow-Origin', 'Access-Control-Allow-Credentials'],
    ],
    ['denied', { origin: ORIGIN, credentials: true }, false, ['Vary']],
    ['for everyone', { origin: '*' }, true, ['Access-Control-Allow-Origin']],
    [
      'for everyone but a list',
      { origin: '*', credentials: ['https://listed.example'] },
      true,
      ['Vary', 'Access-Control-Allow-Origin'],
    ],
  ])('takes one write for each header: %s', (_, options, allowed, headers) => {
    const policy = compile(options as CorsPolicyOptions);
    const sink = new CountingSink();
    writeActualHeaders(policy, ORIGIN, grantOf(policy, ORIGIN, allowed), sink);
    expect(sink.calls).toEqual(['names', ...headers]);
  });
});

describe('the list of requested headers', () => {
  it.each([
    ['commas', ','.repeat(14_000)],
    ['names', numbered(2000, (index) => `x-${index}`).join(',')],
    ['blanks', `a${' '.repeat(14_000)}`],
  ])('is not looked at beyond its limit: 14 KB of %s', (_, value) => {
    expect(operationsOf(() => parseRequestedHeaders(value)).characters).toBe(0);
  });

  it.each([
    ['commas', ','.repeat(4096)],
    ['blanks', ' '.repeat(4096)],
    ['blanks between names', `a${' '.repeat(4000)},b`],
    ['names', numbered(100, (index) => `X-${index}`).join(' , ')],
  ])('is read in one pass: 4 KB of %s', (_, value) => {
    const { characters } = operationsOf(() => parseRequestedHeaders(value));
    expect(characters).toBeLessThanOrEqual(6 * value.length);
  });
});
