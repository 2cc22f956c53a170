import {
  PARAMTYPES_METADATA,
  PROPERTY_DEPS_METADATA,
  SELF_DECLARED_DEPS_METADATA,
} from '@nestjs/common/constants.js';
import type { ModulesContainer } from '@nestjs/core';
import { copyOf, CORS_OPTIONS } from '../../app/module-definition.js';

/** As much of Nest's wrapper of a provider as its dependencies can be read from. */
export interface ProviderWrapper {
  readonly name: unknown;
  readonly token: unknown;
  readonly metatype: unknown;
  readonly host?: object | undefined;
  readonly inject?: readonly unknown[] | null;
}

/**
 * The providers that the options of `CorsModule` are made from: what `forRootAsync()` injects, what that is made from, and
 * so on. Found by token, wherever it is provided: one too many does less harm than one that is missing.
 */
export function providersOfOptions(modules: ModulesContainer): NeededProviders {
  const byToken = new Map<unknown, ProviderWrapper[]>();
  const needed = new Set<ProviderWrapper>();
  for (const module of modules.values()) {
    for (const wrapper of module.providers.values() as Iterable<ProviderWrapper>) {
      byToken.set(wrapper.token, [...(byToken.get(wrapper.token) ?? []), wrapper]);
      if (wrapper.token === CORS_OPTIONS && isOurs(module.metatype)) needed.add(wrapper);
    }
  }
  // A set is walked in the order of insertion, what is added on the way included.
  for (const wrapper of needed)
    for (const token of dependenciesOf(wrapper))
      byToken.get(token)?.forEach((found) => needed.add(found));
  return new NeededProviders(needed);
}

/** Known by module and token: Nest 10 replaces wrappers before it constructs anything. */
export class NeededProviders {
  private readonly tokens = new Map<unknown, Set<unknown>>();

  constructor(wrappers: Iterable<ProviderWrapper>) {
    for (const { host, token } of wrappers)
      this.tokens.set(host, (this.tokens.get(host) ?? new Set()).add(token));
  }

  has({ host, token }: ProviderWrapper): boolean {
    return this.tokens.get(host)?.has(token) === true;
  }
}

/** A module class of this package. */
export function isOurs(metatype: object): boolean {
  return copyOf(metatype) !== undefined;
}

function dependenciesOf({ inject, metatype }: ProviderWrapper): readonly unknown[] {
  if (inject) return inject.map(tokenOf);
  if (typeof metatype !== 'function') return [];
  const read = <Value>(key: string): readonly Value[] =>
    (Reflect.getMetadata(key, metatype) ?? []) as readonly Value[];
  return [
    ...read<unknown>(PARAMTYPES_METADATA),
    ...read<{ readonly param: unknown }>(SELF_DECLARED_DEPS_METADATA).map(({ param }) => param),
    ...read<{ readonly type: unknown }>(PROPERTY_DEPS_METADATA).map(({ type }) => type),
  ].map(tokenOf);
}

function tokenOf(dependency: unknown): unknown {
  if (typeof dependency !== 'object' || dependency === null) return dependency;
  if ('token' in dependency) return tokenOf(dependency.token);
  if ('forwardRef' in dependency && typeof dependency.forwardRef === 'function')
    return tokenOf((dependency.forwardRef as () => unknown)());
  return dependency;
}
