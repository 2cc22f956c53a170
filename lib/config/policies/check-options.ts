import { methodProblem, type NameProblem } from './method-name.js';
import { headerNameProblem, requestHeaderProblem, responseHeaderProblem } from './header-name.js';
import type { CorsIssueCode } from '../issues/codes.js';
import type { IssueCollector } from '../issues/issue-collector.js';
import { reportValue } from '../issues/wrong-value.js';
import type { CorsPolicyOptions } from './policy-options.js';
import { show } from '../../protocol/show-value.js';
import { toList } from '../../protocol/token.js';
import { listIn } from './merge-options.js';
import { isPolicyRisk, POLICY_RISKS } from '../issues/acceptable-risks.js';

/** As many as a preflight may ask for; more would not fit into the header lines of common proxies. */
const MAX_NAMES = 128;

type Check = (value: unknown, where: string, issues: IssueCollector) => void;

/** The check of each option that needs no other option. `origin` and `extends` are read elsewhere. */
const CHECKS: Readonly<Partial<Record<keyof CorsPolicyOptions, Check>>> = {
  methods: listOf('methods', methodProblem),
  allowedHeaders: listOf('allowedHeaders', (name) =>
    name === '*' ? undefined : requestHeaderProblem(name),
  ),
  exposedHeaders: listOf('exposedHeaders', responseHeaderProblem),
  vary: listOf('vary', headerNameProblem),
  dangerouslyAllow: listOf('dangerouslyAllow', riskProblem),
  // The elements of a list are read with the origins.
  credentials: valueOf(
    'credentials',
    (value) => isBoolean(value) || Array.isArray(value),
    'true, false, or a list of origins',
  ),
  timingAllowOrigin: valueOf('timingAllowOrigin', isBoolean, 'true or false'),
  denied: oneOf('denied', ['omit', 'reject']),
  resourcePolicy: oneOf('resourcePolicy', ['same-origin', 'same-site', 'cross-origin']),
  maxAge: integer(
    'maxAge',
    -1,
    86400,
    'seconds; −1 tells browsers not to remember',
    'max-age-out-of-range',
  ),
  optionsSuccessStatus: integer(
    'optionsSuccessStatus',
    200,
    299,
    'a status that browsers take for success',
    'invalid-success-status',
  ),
};

/** Checks each option that was given, one by one. */
export function checkOptions(
  options: Record<string, unknown>,
  where: string,
  issues: IssueCollector,
): void {
  for (const [key, check] of Object.entries(CHECKS)) {
    if (options[key] !== undefined) check(options[key], `${where}.${key}`, issues);
  }
  warnOfNoEffect(options, where, issues);
}

/** Chromium's limit, the highest of the engines that cap at all (WebKit: 600, Firefox: 86400). */
const LONGEST_REMEMBERED = 7200;

function warnOfNoEffect(
  { maxAge, methods }: Record<string, unknown>,
  where: string,
  issues: IssueCollector,
): void {
  if (typeof maxAge === 'number' && maxAge > LONGEST_REMEMBERED) {
    issues.add(
      'max-age-capped',
      `${where}.maxAge`,
      `Chromium remembers a preflight for ${LONGEST_REMEMBERED} seconds at most, Safari for 600; ${maxAge} misleads`,
      maxAge,
    );
  }
  if (listIn(methods).includes('OPTIONS')) {
    issues.add(
      'options-listed',
      `${where}.methods`,
      'preflights need no OPTIONS in `methods`; keep it only if scripts send OPTIONS requests themselves',
      methods,
    );
  }
}

function listOf(option: string, problem: (name: unknown) => NameProblem | undefined): Check {
  return (value, where, issues) => {
    if (typeof value !== 'string' && !Array.isArray(value))
      return reportValue(option, value, 'an array of strings', where, issues);
    const names = toList(value);
    if (names.length > MAX_NAMES) {
      const message = `\`${option}\` has ${names.length} entries; write at most ${MAX_NAMES}`;
      issues.add('list-too-long', where, message);
      return;
    }
    for (const [index, name] of names.entries()) {
      const found = problem(name);
      if (found !== undefined) issues.add(found.code, `${where}[${index}]`, found.message, name);
    }
  };
}

function valueOf(
  option: string,
  isRight: (value: unknown) => boolean,
  write: string,
  code?: CorsIssueCode,
): Check {
  return (value, where, issues) => {
    if (!isRight(value)) reportValue(option, value, write, where, issues, code);
  };
}

function oneOf(option: string, allowed: readonly unknown[]): Check {
  const choice = allowed.map((item) => `'${item}'`).join(' or ');
  return valueOf(option, (value) => allowed.includes(value), choice);
}

function integer(
  option: string,
  from: number,
  to: number,
  meaning: string,
  code: CorsIssueCode,
): Check {
  const isWithin = (value: unknown): boolean =>
    Number.isInteger(value) && Number(value) >= from && Number(value) <= to;
  return valueOf(option, isWithin, `an integer from ${from} to ${to} (${meaning})`, code);
}

function isBoolean(value: unknown): boolean {
  return typeof value === 'boolean';
}

function riskProblem(risk: unknown): NameProblem | undefined {
  if (isPolicyRisk(risk)) return undefined;
  const known = POLICY_RISKS.join(', ');
  return {
    code: 'unknown-risk',
    message: `${show(risk)} names no risk that can be accepted; those are ${known}`,
  };
}
