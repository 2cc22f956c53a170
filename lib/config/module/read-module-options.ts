import { type CorsModuleOptions, type CorsStrategy, DEFAULT_STRATEGY } from './module-options.js';
import { readOptions } from '../policies/copy-options.js';
import { IssueCollector } from '../issues/issue-collector.js';
import { reportStrategy } from './check-module-options.js';

/**
 * The options of the module, read once, and the strategy beside them.
 *
 * @throws CorsConfigurationError where there are no options or they cannot be read
 */
export function readModuleOptions(
  options: unknown,
): CorsModuleOptions & { readonly strategy: CorsStrategy } {
  const issues = new IssueCollector();
  const given = readOptions(options, 'CorsModule', issues);
  const strategy = given?.['strategy'] ?? DEFAULT_STRATEGY;
  // Nest looks into every value that it is given to inject, and an object may answer with an exception.
  if (typeof strategy !== 'string') reportStrategy(strategy, issues);
  issues.throwIfAny();
  return { ...given, strategy: strategy as CorsStrategy };
}
