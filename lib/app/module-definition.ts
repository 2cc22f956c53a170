import { type ConfigurableModuleAsyncOptions, ConfigurableModuleBuilder } from '@nestjs/common';
import ownPackage from '../own-package.cjs';
import {
  type CorsModuleExtras,
  type CorsModuleOptions,
  DEFAULT_STRATEGY,
} from '../config/module/module-options.js';

/** Injection token of the strategy, known before asynchronous options are. */
export const CORS_STRATEGY = Symbol('nestjs-cors.strategy');

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN: CORS_OPTIONS } =
  new ConfigurableModuleBuilder<CorsModuleOptions>({ moduleName: 'Cors' })
    .setClassMethodName('forRoot')
    .setFactoryMethodName('createCorsOptions')
    .setExtras<CorsModuleExtras>({ strategy: DEFAULT_STRATEGY }, (definition, extras) => ({
      ...definition,
      global: true,
      providers: [
        ...(definition.providers ?? []),
        { provide: CORS_STRATEGY, useValue: extras.strategy ?? DEFAULT_STRATEGY },
      ],
    }))
    .build();

/** Of all copies of the package in a process, which share nothing else. */
const COPY = Symbol.for('nestjs-cors.copy');

/** The folder of this copy, which every module class made from it inherits. */
Object.defineProperty(ConfigurableModuleClass, COPY, {
  value: ownPackage.folder,
});

/** The folder of the copy of this package that a module class comes from; `undefined` for any other module. */
export function copyOf(metatype: object): string | undefined {
  return (metatype as { [COPY]?: string })[COPY];
}

/** Options of `CorsModule.forRootAsync()`. */
export type CorsModuleAsyncOptions = ConfigurableModuleAsyncOptions<
  CorsModuleOptions,
  'createCorsOptions'
> &
  CorsModuleExtras;

/** The interface of a class given as `useClass` or `useExisting` to `forRootAsync()` implements. */
export interface CorsOptionsFactory {
  createCorsOptions(): CorsModuleOptions | Promise<CorsModuleOptions>;
}
