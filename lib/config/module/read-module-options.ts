import { type CorsModuleOptions, type CorsStrategy, DEFAULT_STRATEGY } from './module-options.js';
import { readOptions } from '../policies/copy-options.js';
import { CorsConfigurationError } from '../issues/configuration-error.js';
import { IssueCollector } from '../issues/issue-collector.js';
import { MODULE_KIND, reportStrategy } from './check-module-options.js';

/** @throws CorsConfigurationError for a module that is imported by its name alone */
export function refuseWithoutOptions(): never {
  const message =
    "it is imported without options; write CorsModule.forRoot({ default: { origin: 'https://app.example.com' } }) once, in the root module, and nothing in others: it is global";
  throw new CorsConfigurationError([{ code: 'invalid-options', where: 'CorsModule', message }]);
}

/** @throws CorsConfigurationError where asynchronous options have nowhere to come from */
export function requireSource(options: object | undefined): void {
  const { useFactory, useClass, useExisting } = (options ?? {}) as Record<string, unknown>;
  if (useFactory || useClass || useExisting) return;
  const message =
    "forRootAsync() has none of `useFactory`, `useClass` and `useExisting`, so there would be no options; write CorsModule.forRootAsync({ useFactory: () => ({ default: { origin: 'https://app.example.com' } }) })";
  throw new CorsConfigurationError([{ code: 'invalid-options', where: 'CorsModule', message }]);
}

/**
 * The options of the module, read once, and the strategy beside them.
 *
 * @throws CorsConfigurationError where there are no options or they cannot be read
 */
export function readModuleOptions(
  options: unknown,
): CorsModuleOptions & { readonly strategy: CorsStrategy } {
  const issues = new IssueCollector();
  const given = readOptions(options, 'CorsModule', MODULE_KIND, issues);
  const strategy = given?.['strategy'] ?? DEFAULT_STRATEGY;
  // Nest looks into every value that it is given to inject, and an object may answer with an exception.
  if (typeof strategy !== 'string') reportStrategy(strategy, issues);
  issues.throwIfAny();
  return { ...given, strategy: strategy as CorsStrategy };
}
