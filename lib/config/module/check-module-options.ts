import type { CorsModuleOptions, CorsStrategy } from './module-options.js';
import type { IssueCollector } from '../issues/issue-collector.js';
import { APPLICATION_RISKS, isApplicationRisk } from '../issues/acceptable-risks.js';
import { reportValue } from '../issues/wrong-value.js';
import type { OptionsKind } from '../policies/options-kind.js';
import { misplacedKeys, reportMisplaced } from './misplaced-options.js';
import { checkKeys } from '../policies/policy-keys.js';
import { show } from '../../protocol/show-value.js';

const MODULE_KEYS: Readonly<Record<keyof CorsModuleOptions, true>> = {
  default: true,
  policies: true,
  paths: true,
  debug: true,
  dangerouslyAllow: true,
  live: true,
};

/** The options of `forRoot()`. */
export const MODULE_KIND: OptionsKind = {
  example: "{ default: { origin: 'https://app.example.com' } }",
  known: { ...MODULE_KEYS, strategy: true },
};

/** Checks the options of the module itself; policies and paths are read elsewhere. */
export function checkModuleOptions(
  options: CorsModuleOptions,
  strategy: CorsStrategy,
  production: boolean,
  issues: IssueCollector,
): void {
  const misplaced = misplacedKeys(Object.keys(options), MODULE_KEYS);
  const others = Object.keys(options).filter((key) => !misplaced.includes(key));
  checkKeys(others, MODULE_KEYS, 'CorsModule', issues);
  if (misplaced.length > 0) {
    reportMisplaced(options as Record<string, unknown>, misplaced, production, issues);
  }
  checkStrategy(options, strategy, issues);
  const accepted = readRisks(options.dangerouslyAllow, issues);
  if (options.debug !== undefined && typeof options.debug !== 'boolean')
    reportValue('debug', options.debug, 'true or false', 'debug', issues);
  if (options.debug === true && production) {
    issues.addUnlessAccepted(
      'debug-in-production',
      'debug',
      '`debug` tells every site why it was denied; drop it in production',
      { accepted },
    );
  }
}

function checkStrategy(
  options: CorsModuleOptions,
  strategy: CorsStrategy,
  issues: IssueCollector,
): void {
  if (strategy !== 'hook' && strategy !== 'interceptor') reportStrategy(strategy, issues);
  if (strategy === 'interceptor' && options.paths !== undefined) {
    issues.add(
      'needs-hook',
      'paths',
      "an interceptor never sees what no Nest handler serves, so `paths` would have no effect; use strategy 'hook'",
    );
  }
}

export function reportStrategy(strategy: unknown, issues: IssueCollector): void {
  const write = "'hook' or 'interceptor'";
  reportValue('strategy', strategy, write, 'strategy', issues, 'unknown-strategy');
}

function readRisks(value: unknown, issues: IssueCollector): readonly string[] {
  if (value === undefined) return [];
  const known = APPLICATION_RISKS.map((risk) => `'${risk}'`).join(', ');
  const risks: unknown[] = Array.isArray(value) ? value : [value];
  for (const risk of risks) {
    if (isApplicationRisk(risk)) continue;
    issues.add(
      'unknown-risk',
      'dangerouslyAllow',
      `${show(risk)} names no risk of the whole application, that is only ${known}; risks of a policy are accepted in the policy`,
      risk,
    );
  }
  return risks as string[];
}
