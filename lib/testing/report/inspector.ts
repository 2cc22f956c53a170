import type { Explain, Explanation } from './messages.js';
import type { BrowserTarget } from '../wire/target.js';

/** The part of `CorsInspector` that is used. */
interface Inspector {
  explain(
    method: string,
    url: string,
    origin: string,
  ): Promise<{ readonly policy: string | undefined; readonly where: string | undefined }>;
}

/** The part of Nest's container that is used: by module, the providers by token. */
interface Container {
  getModules(): ReadonlyMap<string, { readonly providers: ReadonlyMap<unknown, unknown> }>;
}

/** Explains by the application's own `CorsInspector`, where the target is an application that has one. */
export function explainByInspector(target: BrowserTarget): Explain | undefined {
  const container: unknown =
    typeof target === 'object' ? Reflect.get(target, 'container') : undefined;
  if (typeof container !== 'object' || container === null) return undefined;
  return async (method, url, origin) => {
    const inspector = findInspector(container as Container);
    if (inspector === undefined) return undefined;
    const { policy, where } = await inspector.explain(method, url, origin);
    return place(policy, where);
  };
}

/** A policy without a name is called after the decorator that it stands in, which is then the place to change. */
function place(policy: string | undefined, where: string | undefined): Explanation {
  if (policy === undefined) return where === undefined ? {} : { where };
  if (where === undefined) return { policy };
  const [controller = ''] = where.split('.');
  const isInline = new RegExp(`^${controller}(\\W|$)`).test(policy);
  return isInline ? { where: policy } : { policy, where };
}

/**
 * By name: the class itself would have to be the very copy that the application has loaded, and would bring Nest along
 * to those who test a plain server.
 */
function findInspector(container: Container): Inspector | undefined {
  const providers = [...container.getModules().values()].flatMap((module) => [...module.providers]);
  const [, wrapper] = providers.find(([token]) => isNamed(token, 'CorsInspector')) ?? [];
  return (wrapper as { readonly instance?: Inspector } | undefined)?.instance;
}

function isNamed(token: unknown, name: string): boolean {
  return typeof token === 'function' && token.name === name;
}
