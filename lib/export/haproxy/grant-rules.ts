import { type EdgeOrigins, sourceOfPattern, sourcesOfDefaultPorts } from '../edge/edge-origins.js';
import type { Grant } from '../edge/edge-headers.js';
import type { EdgePolicy } from '../edge/edge-policy.js';
import type { EdgeTable } from '../edge/edge-table.js';
import { LONGEST_REQUESTED } from '../edge/requested-headers.js';
import { expressionKey, type MapRow } from './map-file.js';
import { joined, type Section } from './section.js';
import { headerSteps, methodRows } from '../edge/preflight-steps.js';

/** How far the origin is let in, and what a preflight comes to. */
export function grantRules({ policies, methods }: EdgeTable): Section {
  return joined([
    {
      rules: [
        '# How far the policy lets the origin in.',
        'http-request set-var(txn.cors_grant) str(none)',
      ],
      files: {},
    },
    ...policies.map(originRules),
    methodRules(policies, methods.named),
    headerRules(policies),
    {
      rules: [
        'http-request set-var-fmt(txn.cors_case) "%[var(txn.cors_policy)]:%[var(txn.cors_phase)]:%[var(txn.cors_grant)]"',
        'http-request set-var-fmt(txn.cors_case) "%[var(txn.cors_policy)]:preflight:none" if { var(txn.cors_phase) -m str preflight } !{ var(txn.cors_steps) -m str 11 }',
      ],
      files: {},
    },
  ]);
}

function originRules({ key, readers, credentialed }: EdgePolicy): Section {
  const holds = `{ var(txn.cors_policy) -m str ${key} }`;
  const whole: Grant = credentialed === 'readers' ? 'full' : 'read';
  const reading =
    readers === 'anyone'
      ? { rules: [`http-request set-var(txn.cors_grant) str(${whole}) if ${holds}`], files: {} }
      : lookUp(readers, `cors-origins-${key}`, whole, holds);
  if (credentialed === 'readers') return reading;
  const mayRead = `${holds} { var(txn.cors_grant) -m str read }`;
  return joined([reading, lookUp(credentialed, `cors-credentials-${key}`, 'full', mayRead)]);
}

/** By name, then by pattern. */
function lookUp(
  { exact, patterns }: EdgeOrigins,
  name: string,
  grant: Grant,
  holds: string,
): Section {
  const sections: Section[] = [];
  if (exact.length > 0) sections.push(table(`${name}.map`, 'map_str', exact, grant, holds));
  if (patterns.length > 0) {
    const valid = `${holds} { var(txn.cors_origin) -m len 1:326 } !{ var(txn.cors_origin),map_reg(cors-default-ports.map) -m found }`;
    const sources = patterns.map((pattern) => expressionKey(sourceOfPattern(pattern)));
    sections.push(table(`${name}-patterns.map`, 'map_reg', sources, grant, valid), {
      rules: [],
      files: {
        'cors-default-ports.map': sourcesOfDefaultPorts().map((source): MapRow => [
          expressionKey(source),
          'yes',
        ]),
      },
    });
  }
  return joined(sections);
}

function table(
  file: string,
  converter: string,
  keys: readonly string[],
  grant: Grant,
  holds: string,
): Section {
  const found = `var(txn.cors_origin),${converter}(${file})`;
  return {
    rules: [`http-request set-var(txn.cors_grant) ${found} if ${holds} { ${found} -m found }`],
    files: { [file]: keys.map((key): MapRow => [key, grant]) },
  };
}

function methodRules(policies: readonly EdgePolicy[], known: readonly string[]): Section {
  return {
    rules: [
      '# The method step and the headers step of preflights.',
      'http-request set-var-fmt(txn.cors_step) "%[var(txn.cors_policy)]:%[var(txn.cors_method)]"',
      'http-request set-var(txn.cors_method_step) var(txn.cors_step),map_str(cors-passing-methods.map,0)',
    ],
    files: { 'cors-passing-methods.map': methodRows(policies, known) },
  };
}

function headerRules(policies: readonly EdgePolicy[]): Section {
  const { sources, numberOf } = headerSteps(policies);
  const asked = 'req.fhdr(access-control-request-headers)';
  const fits = `{ req.fhdr_cnt(access-control-request-headers) eq 1 } { ${asked} -m len 0:${LONGEST_REQUESTED} }`;
  const listOf = policies.map((policy): MapRow => [policy.key, String(numberOf(policy))]);
  return {
    rules: [
      'http-request set-var(txn.cors_header_list) var(txn.cors_policy),map_str(cors-header-lists.map,0)',
      'http-request set-var(txn.cors_header_step) str(0)',
      'http-request set-var(txn.cors_header_step) str(1) unless { req.fhdr(access-control-request-headers) -m len 1:16384 }',
      ...sources.map(
        (_, index) =>
          `http-request set-var(txn.cors_header_step) ${asked},map_reg(cors-headers-${index + 1}.map,0) if { var(txn.cors_header_list) -m str ${index + 1} } ${fits}`,
      ),
      'http-request set-var-fmt(txn.cors_steps) "%[var(txn.cors_method_step)]%[var(txn.cors_header_step)]"',
    ],
    files: {
      'cors-header-lists.map': listOf,
      ...Object.fromEntries(
        sources.map((source, index) => [
          `cors-headers-${index + 1}.map`,
          [[expressionKey(source, true), '1'] as const],
        ]),
      ),
    },
  };
}
