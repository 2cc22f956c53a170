import { types } from 'node:util';
import { IssueCollector } from '../issues/issue-collector.js';
import { POLICY_KEYS } from '../policies/policy-keys.js';
import { PolicyRegistry } from '../policies/policy-registry.js';

/** Longer advice than this names the options without their values. */
const LONGEST_ADVICE = 400;

/** Options of a policy among those of the module, where `app.enableCors()` and other CORS packages take them. */
export function misplacedKeys(
  keys: readonly string[],
  known: Readonly<Record<string, true>>,
): readonly string[] {
  return keys.filter((key) => Object.hasOwn(POLICY_KEYS, key) && !Object.hasOwn(known, key));
}

/** Reports them once, with the very call to write. */
export function reportMisplaced(
  options: Record<string, unknown>,
  keys: readonly string[],
  production: boolean,
  issues: IssueCollector,
): void {
  const names = keys.map((key) => `\`${key}\``).join(', ');
  const [are, they] = keys.length === 1 ? ['is an option', 'it'] : ['are options', 'they'];
  const advice = adviceFor(options, keys, production);
  const message = `${names} ${are} of a policy, and CorsModule takes policies, not a policy as app.enableCors() does, so ${they} would have no effect; ${advice}`;
  issues.add('unknown-option', 'CorsModule', message, keys[0]);
}

/** The first mistake that the options would be refused with as a policy. */
function problemOf(
  options: Record<string, unknown>,
  keys: readonly string[],
  production: boolean,
): string | undefined {
  const issues = new IssueCollector();
  const policy = Object.fromEntries(keys.map((key) => [key, options[key]]));
  const surroundings = { production, publicSuffixOf: () => undefined };
  new PolicyRegistry({}, issues, surroundings).resolve(policy, 'default');
  return issues.errors[0]?.message;
}

function adviceFor(
  options: Record<string, unknown>,
  keys: readonly string[],
  production: boolean,
): string {
  const policy = written(options, keys);
  if (options['default'] !== undefined)
    return `move what you wrote to \`default\`, or to the policy that is meant, { …, ${policy} }`;
  const wrong = problemOf(options, keys, production);
  return wrong === undefined
    ? `write CorsModule.forRoot({ default: { ${policy} } })`
    : `move what you wrote to \`default\`, or to a policy with a name, where it would not pass yet: ${wrong}`;
}

function written(options: Record<string, unknown>, keys: readonly string[]): string {
  const pairs = keys.map((key) => `${key}: ${literal(options[key]) ?? '…'}`).join(', ');
  return pairs.length > LONGEST_ADVICE ? keys.join(', ') : pairs;
}

/** A value as it is written in code; `undefined` where it cannot be told, as of a function. */
function literal(value: unknown): string | undefined {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (types.isRegExp(value)) return String(value);
  if (!Array.isArray(value)) return undefined;
  const elements = value.map(literal);
  return elements.includes(undefined) ? undefined : `[${elements.join(', ')}]`;
}

function quoted(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) && !/['\\]/.test(text) ? `'${text}'` : JSON.stringify(text);
}
