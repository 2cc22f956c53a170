import { InstanceLoader } from '@nestjs/core/injector/instance-loader.js';
import { Injector } from '@nestjs/core/injector/injector.js';
import { InitializeOnPreviewAllowlist } from '@nestjs/core/inspector/initialize-on-preview.allowlist.js';
import type { ModulesContainer } from '@nestjs/core';
import {
  isOurs,
  NeededProviders,
  type ProviderWrapper,
  providersOfOptions,
} from './needed-providers.js';

/** As much of Nest's injector as decides, in preview mode, that nothing is constructed. */
interface InjectorParts {
  readonly options?: { readonly preview?: boolean };
  instantiateClass(
    this: unknown,
    instances: unknown[],
    wrapper: ProviderWrapper,
    ...rest: unknown[]
  ): Promise<unknown>;
}

interface LoaderParts {
  readonly container: { getModules(): ModulesContainer };
  createInstancesOfDependencies(this: unknown, ...args: unknown[]): Promise<void>;
}

/** The providers that were constructed beyond this package's own, by name: what an error may be about. */
export interface Constructed {
  readonly names: readonly string[];
  /** The one that is being constructed. */
  readonly current: string | undefined;
}

/**
 * Nest's preview mode constructs nothing but what is on its list. This package's module is put there, and what its options
 * are made from is constructed too, and nothing else: no database, no queue, no handler.
 */
export function constructOnlyOptions(): Constructed {
  const state: { names: string[]; current: string | undefined } = { names: [], current: undefined };
  const has = InitializeOnPreviewAllowlist.has.bind(InitializeOnPreviewAllowlist);
  InitializeOnPreviewAllowlist.has = (type): boolean => isOurs(type) || has(type);
  let needed = new NeededProviders([]);
  const loader = InstanceLoader.prototype as unknown as LoaderParts;
  const { createInstancesOfDependencies } = loader;
  loader.createInstancesOfDependencies = function (...args): Promise<void> {
    needed = providersOfOptions((this as LoaderParts).container.getModules());
    return createInstancesOfDependencies.apply(this, args);
  };
  const injector = Injector.prototype as unknown as InjectorParts;
  const { instantiateClass } = injector;
  injector.instantiateClass = async function (instances, wrapper, ...rest): Promise<unknown> {
    if (!needed.has(wrapper)) return instantiateClass.call(this, instances, wrapper, ...rest);
    const name = nameOf(wrapper);
    state.names.push(name);
    state.current = name;
    const options = { value: { ...(this as InjectorParts).options, preview: false } };
    const constructing: unknown = Object.create(this as object, { options });
    const instance = await instantiateClass.call(constructing, instances, wrapper, ...rest);
    state.current = undefined;
    return instance;
  };
  return state;
}

function nameOf({ token, name }: ProviderWrapper): string {
  if (typeof token === 'function') return token.name;
  return String(typeof token === 'symbol' ? token.description : (token ?? name));
}
