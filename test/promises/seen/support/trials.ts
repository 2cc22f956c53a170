import { Controller, Delete, Get, Patch, Put, type Type } from '@nestjs/common';
import { CorsModule, CorsPolicy, type CorsPolicyOptions, type CorsStrategy } from 'nestjs-cors';
import type { CorsModuleOptions, CorsTrialOptions } from 'nestjs-cors';
import { fc } from '../../../support/fast-check.js';
import { type RawRequest, type RawResponse } from '../../../support/raw.js';
import { preflight, request } from '../../../support/row.js';

/** A policy, and another one to try beside it. */
export interface Pair {
  readonly policy: CorsPolicyOptions;
  readonly trial: CorsTrialOptions;
}

const ORIGINS = ['https://a.example', 'https://b.example', 'https://x.a.example'] as const;
const PATTERNS = [...ORIGINS, 'https://*.a.example'] as const;
const METHODS = ['GET', 'PUT', 'PATCH', 'DELETE'] as const;

const origin = fc.oneof(
  { weight: 6, arbitrary: fc.uniqueArray(fc.constantFrom(...PATTERNS), { minLength: 1 }) },
  { weight: 1, arbitrary: fc.constant<'*'>('*') },
  { weight: 1, arbitrary: fc.constant<false>(false) },
);

const options = fc.record(
  {
    origin,
    credentials: fc.oneof(
      fc.boolean(),
      fc.uniqueArray(fc.constantFrom(...ORIGINS), { minLength: 1 }),
    ),
    methods: fc.uniqueArray(fc.constantFrom(...METHODS)),
    allowedHeaders: fc.uniqueArray(fc.constantFrom('X-A', 'X-B')),
    exposedHeaders: fc.constantFrom(['X-E'], []),
    denied: fc.constantFrom('omit' as const, 'reject' as const),
    maxAge: fc.constantFrom(-1, 60),
    preflightHeaders: fc.constantFrom({}, { 'X-P': '1' }),
  },
  { requiredKeys: [] },
);

/** Pairs that start-up takes. */
export function pairs(strategy: CorsStrategy): fc.Arbitrary<Pair> {
  const policy = fc.tuple(origin, options).map(([first, rest]) => ({ origin: first, ...rest }));
  const trial = fc.oneof(
    policy,
    options.map((rest): CorsTrialOptions => ({ extends: 'self', ...rest })),
  );
  return fc
    .record({ policy, trial })
    .filter((pair) => CorsModule.validate({ ...tried([pair]), strategy }).errors.length === 0);
}

/** The policies with their trials beside them. */
export function tried(given: readonly Pair[]): CorsModuleOptions {
  return optionsOf(given, ({ policy, trial }) => ({ ...policy, reportOnly: trial }));
}

/** The policies alone. */
export function untried(given: readonly Pair[]): CorsModuleOptions {
  return optionsOf(given, ({ policy }) => policy);
}

/** The trials in force: what a trial says, an application with it as its policy shows. */
export function inForce(given: readonly Pair[]): CorsModuleOptions {
  const entries = given.flatMap(({ policy, trial: { extends: base, ...rest } }, index) => [
    [`was${index}`, policy] as const,
    [`p${index}`, base === 'self' ? { extends: `was${index}`, ...rest } : rest] as const,
  ]);
  return { policies: Object.fromEntries(entries) };
}

function optionsOf(
  given: readonly Pair[],
  policyOf: (pair: Pair) => CorsPolicyOptions,
): CorsModuleOptions {
  return {
    policies: Object.fromEntries(given.map((pair, index) => [`p${index}`, policyOf(pair)])),
  };
}

/** One controller a policy, at `/p0`, `/p1`, … */
export function controllersFor(count: number): Type[] {
  return Array.from({ length: count }, (_, index) => {
    @CorsPolicy(`p${index}`)
    @Controller(`p${index}`)
    class Tried {
      @Get() read(): string {
        return 'read';
      }
      @Put() put(): string {
        return 'put';
      }
      @Patch() patch(): string {
        return 'patched';
      }
      @Delete() remove(): string {
        return 'removed';
      }
    }
    Object.defineProperty(Tried, 'name', { value: `Tried${index}` });
    return Tried;
  });
}

/** Requests that pages of every origin may make. */
export const REQUESTS: fc.Arbitrary<(path: string) => RawRequest> = fc
  .record({
    from: fc.constantFrom(...ORIGINS, 'https://stranger.example', 'null'),
    method: fc.constantFrom(...METHODS),
    asks: fc.constantFrom('actual', undefined, 'x-a', 'x-a,x-b'),
  })
  .map(
    ({ from, method, asks }) =>
      (path) =>
        asks === 'actual' ? request(method, path, from) : preflight(path, method, from, asks),
  );

/** How a request went out, read from its answer alone. */
export function outcomeOf({ method }: RawRequest, { status, headers }: RawResponse): string {
  const has = (name: string): boolean =>
    headers.some(([given]) => given.toLowerCase() === `access-control-allow-${name}`);
  if (status === 403) return method === 'OPTIONS' ? 'denied' : 'rejected';
  if (!has('origin')) return 'denied';
  return has('credentials') ? 'allowed with credentials' : 'allowed';
}
