import { type ConfigurableModuleAsyncOptions, ConfigurableModuleBuilder } from '@nestjs/common';
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
