import {
  All,
  Controller,
  Delete,
  Get,
  Head,
  Header,
  Module,
  Options,
  Patch,
  Post,
  Put,
  type Type,
  type VersioningOptions,
} from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { CorsModule, CorsPolicy, type CorsPolicyOptions, NoCors } from 'nestjs-cors';

/** Everything that is allowed comes from here. */
export const ORIGIN = 'https://page.example';

/** What a handler of the application under test is made of. */
export interface HandlerSpec {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  /** Names the policy: `p3`; `none` is `@NoCors()`; `unset` leaves it to the controller. */
  readonly policy: string;
}

export interface ControllerSpec {
  readonly path: string | string[];
  readonly host?: string;
  readonly version?: string;
  readonly policy: string;
  readonly handlers: readonly HandlerSpec[];
}

export interface ApplicationSpec {
  readonly controllers: readonly ControllerSpec[];
  readonly prefix?: { readonly path: string; readonly exclude: readonly string[] };
  readonly versioning?: VersioningOptions;
  readonly modulePath?: string;
  /** Settings of the platform's router. */
  readonly settings: Readonly<Record<string, boolean>>;
  readonly bySpecificity: boolean;
  readonly debug?: boolean;
  readonly default: string;
}

const DECORATORS: Record<string, (path: string) => MethodDecorator> = {
  GET: Get,
  HEAD: Head,
  POST: Post,
  PUT: Put,
  PATCH: Patch,
  DELETE: Delete,
  OPTIONS: Options,
  ALL: All,
};

/** Every policy answers with its own number, in `Access-Control-Max-Age` and in `Access-Control-Expose-Headers`. */
export function policyNumbered(number: number): CorsPolicyOptions {
  return { origin: ORIGIN, maxAge: number, exposedHeaders: [`X-P${number}`] };
}

/** The name under which a policy's number shows in answers. */
export function nameOfMaxAge(maxAge: string | undefined): string {
  return maxAge === undefined ? 'none' : `p${maxAge}`;
}

function decorate(policy: string): (MethodDecorator & ClassDecorator) | undefined {
  if (policy === 'unset') return undefined;
  return policy === 'none' ? NoCors() : CorsPolicy(policy);
}

function controllerOf(spec: ControllerSpec, index: number): Type {
  const named = { [`C${index}`]: class {} }[`C${index}`] as Type;
  for (const handler of spec.handlers) {
    const name = handler.name;
    const body = { [name]: () => name }[name] as () => string;
    Object.defineProperty(named.prototype, name, {
      value: body,
      writable: true,
      configurable: true,
    });
    const descriptor = Object.getOwnPropertyDescriptor(named.prototype, name) as PropertyDescriptor;
    Header('X-Ran', name)(named.prototype as object, name, descriptor);
    DECORATORS[handler.method]?.(handler.path)(named.prototype as object, name, descriptor);
    decorate(handler.policy)?.(named.prototype as object, name, descriptor);
  }
  const { path, host, version } = spec;
  Controller({ path, ...(host && { host }), ...(version && { version }) })(named);
  decorate(spec.policy)?.(named);
  return named;
}

/** A root module with the controllers of the specification. */
export function moduleOf(spec: ApplicationSpec, strategy: 'hook' | 'interceptor'): Type {
  const policies: Record<string, CorsPolicyOptions> = {};
  for (let number = 1; number <= 40; number++) policies[`p${number}`] = policyNumbered(number);
  class Feature {}
  Module({ controllers: spec.controllers.map(controllerOf) })(Feature);
  class Root {}
  const route =
    spec.modulePath === undefined
      ? []
      : [RouterModule.register([{ path: spec.modulePath, module: Feature }])];
  const cors = CorsModule.forRoot({
    policies,
    strategy,
    debug: spec.debug ?? false,
    ...(spec.default !== 'unset' && { default: spec.default }),
  });
  Module({ imports: [cors, Feature, ...route] })(Root);
  return Root;
}

/** The policy of a handler, by the rules of resolution. */
export function policyOf(spec: ApplicationSpec, handlerName: string): string {
  for (const controller of spec.controllers) {
    const handler = controller.handlers.find(({ name }) => name === handlerName);
    if (handler === undefined) continue;
    return (
      [handler.policy, controller.policy, spec.default].find((policy) => policy !== 'unset') ??
      'unset'
    );
  }
  throw new Error(`no handler is named ${handlerName}`);
}
