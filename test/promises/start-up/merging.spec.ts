import { Controller, Get, type Type } from '@nestjs/common';
import { CorsModule, CorsPolicy, NoCors } from 'nestjs-cors';
import { type Report, starting } from './support/report.js';

const APP = 'https://app.example.com';
const credentials = true;

type Options = Record<string, unknown>;

function places({ errors, warnings }: Report): readonly string[] {
  return [
    ...errors.map(({ code, where }) => `${code} at ${where}`),
    ...warnings.map(({ code, where }) => `(${code} at ${where})`),
  ];
}

function extending(base: Options, more: Options): readonly string[] {
  const options: object = { policies: { base, more: { extends: 'base', ...more } } };
  return places(CorsModule.validate(options));
}

describe('what extends brings is checked after merging', () => {
  const cases: readonly [base: Options, more: Options, ...expected: string[]][] = [
    [{ origin: '*' }, { credentials }, 'wildcard-with-credentials at policies.more'],
    [{ origin: APP, credentials }, { origin: '*' }, 'wildcard-with-credentials at policies.more'],
    [{ origin: APP, exposedHeaders: '*' }, { credentials }, 'exposed-wildcard-with-credentials at policies.more'],
    [{ origin: APP, credentials }, { exposedHeaders: '*' }, 'exposed-wildcard-with-credentials at policies.more'],
    [{ origin: APP, allowedHeaders: '*' }, { credentials }, '(any-header-with-credentials at policies.more)'],
    [{ origin: 'http://a.test' }, { credentials }, 'insecure-origin-with-credentials at policies.more.extends'],
    [{ origin: APP, credentials }, { origin: 'http://a.test' }, 'insecure-origin-with-credentials at policies.more.origin'],
    [{ origin: /^https:\/\/[a-z]+\.example\.com$/ }, { credentials }, '(subdomains-with-credentials at policies.more.extends)'],
    [{ origin: 'https://codepen.io', credentials, dangerouslyAllow: ['shared-hosting-origin'] }, { maxAge: 1 }],
    [{ origin: 'https://codepen.io', credentials, dangerouslyAllow: ['shared-hosting-origin'] }, { dangerouslyAllow: [] }, 'shared-hosting-origin at policies.more.extends'],
    [{ origin: 'https://codepen.io' }, { credentials, dangerouslyAllow: 'shared-hosting-origin' }],
    [{ origin: '*', credentials }, { credentials: false }, 'wildcard-with-credentials at policies.base'],
    [{ origin: '*' }, { origin: APP, credentials }],
    [{ origin: /^https:\/\/[a-z]+\.example\.com$/i }, { maxAge: 1 }, '(regexp-case-insensitive at policies.base.origin)'],
    [{ origin: APP }, { origin: [] }, 'missing-origin at policies.more.origin'],
    [{ origin: APP }, { origin: undefined }],
  ]; // prettier-ignore

  it.each(cases)('%j and %j', (base, more, ...expected) => {
    expect(extending(base, more)).toEqual(expected);
  });

  it('once more through a policy in between', () => {
    const policies = { a: { origin: '*' }, b: { extends: 'a' }, c: { extends: 'b', credentials } };
    expect(places(CorsModule.validate({ policies }))).toEqual([
      'wildcard-with-credentials at policies.c',
    ]);
  });
});

type Policy = Parameters<typeof CorsPolicy>[0];

function controller(name: string, onClass: Policy | undefined, onHandler: Policy, base?: Type): Type {
  class Parent {}
  class Own extends (base ?? Parent) {
    read(): string {
      return 'read';
    }
  }
  Object.defineProperty(Own, 'name', { value: name });
  const descriptor = Object.getOwnPropertyDescriptor(Own.prototype, 'read') ?? {};
  Get()(Own.prototype, 'read', descriptor);
  CorsPolicy(onHandler)(Own.prototype, 'read', descriptor);
  if (onClass !== undefined) CorsPolicy(onClass)(Own);
  Controller(name)(Own);
  return Own;
} // prettier-ignore

async function booted(controllers: Type[], policy: object = { origin: APP }): Promise<readonly string[]> {
  return places(await starting({ options: { default: policy }, controllers }, 'express')());
} // prettier-ignore

describe("what 'parent' brings is checked after merging", () => {
  const parent = { extends: 'parent' } as const;

  it.each<[Policy | undefined, Policy, ...string[]]>([
    [{ origin: '*' }, { ...parent, credentials }, 'wildcard-with-credentials at Own.read'],
    [{ origin: APP, credentials }, { ...parent, origin: '*' }, 'wildcard-with-credentials at Own.read'],
    [{ ...parent, credentials }, { ...parent, exposedHeaders: '*' }, 'exposed-wildcard-with-credentials at Own.read'],
    [undefined, { ...parent, credentials, exposedHeaders: '*' }, 'exposed-wildcard-with-credentials at Own.read'],
    [{ origin: 'http://a.test' }, { ...parent, credentials }, 'insecure-origin-with-credentials at Own.read.extends'],
    [{ ...parent, credentials }, { ...parent, maxAge: 5 }],
  ])('%j and %j', async (onClass, onHandler, ...expected) => {
    expect(await booted([controller('Own', onClass, onHandler)])).toEqual(expected);
  }); // prettier-ignore

  it('through a superclass', async () => {
    const base = controller('Base', { origin: '*' }, { origin: '*' });
    const own = controller('Own', { ...parent, credentials }, { origin: APP }, base);
    expect(await booted([own])).toContain('wildcard-with-credentials at Own');
  });

  it('through default', async () => {
    const own = controller('Own', { ...parent, credentials }, { ...parent, maxAge: 5 });
    expect(await booted([own], { origin: '*' })).toContain('wildcard-with-credentials at Own');
  });

  it('not where nothing is merged: @NoCors() has no parent to give', async () => {
    const own = controller('Own', undefined, { ...parent, maxAge: 5 });
    NoCors()(own);
    expect(await booted([own])).toEqual(['no-parent-policy at Own.read.extends']);
  });
});
