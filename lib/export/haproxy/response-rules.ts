import { ALONE } from '../edge/edge-policies.js';
import type { EdgePolicy } from '../edge/edge-policy.js';
import type { EdgeTable } from '../edge/edge-table.js';
import { GRANTS, headerNamesOf, isCorsHeader, owns, PHASES, valueIn } from '../edge/outcomes.js';
import { DYNAMIC, exposedFiles, MARK, NOTHING, ownOf, textOf } from './header-values.js';
import type { MapRow } from './map-file.js';
import { joined, type Section } from './section.js';

/** The headers of every response, also of those that HAProxy makes itself. */
export function responseRules({ policies }: EdgeTable): Section {
  const removing = `http-after-response del-header access-control- -m beg unless { var(txn.cors_policy) -m str ${ALONE} }`;
  return joined([
    {
      rules: [
        '# Headers. Where a policy holds, what an upstream says is removed.',
        'http-after-response set-var(txn.cors_exposed) res.fhdr(access-control-expose-headers)',
        `${removing} or !{ var(txn.cors_policy) -m found }`,
      ],
      files: {},
    },
    ...headerNamesOf(policies).map((name) => headerRules(policies, name)),
    varyRules(policies),
  ]);
}

function headerRules(policies: readonly EdgePolicy[], name: string): Section {
  const cases = policies.flatMap((policy) =>
    owns(policy, name)
      ? PHASES.flatMap((phase) =>
          GRANTS.map((grant) => ({
            key: `${policy.key}:${phase}:${grant}`,
            value: valueIn(policy, name, phase, grant),
          })),
        )
      : [],
  );
  const file = `cors-${name.toLowerCase()}.map`;
  const found = `var(txn.cors_case),map_str(${file})`;
  const rows = cases
    .filter(({ value }) => value?.kind !== 'upstream')
    .map(({ key, value }): MapRow => [key, textOf(value)]);
  const kinds = new Set(rows.map(([, value]) => (value.startsWith(MARK) ? value : '')));
  const own = cases.flatMap(({ key, value }): MapRow[] =>
    value !== undefined && ownOf(value) !== '' ? [[key, ownOf(value)]] : [],
  );
  const set = `http-after-response set-header ${name}`;
  return {
    rules: [
      ...(isCorsHeader(name)
        ? []
        : [`http-after-response del-header ${name} if { ${found} -m found }`]),
      ...(kinds.has('')
        ? [`${set} %[${found}] if { ${found} -m found } !{ ${found} -m beg ${MARK} }`]
        : []),
      ...[...kinds].flatMap(
        (kind) =>
          DYNAMIC[kind]?.(
            set,
            `{ ${found} -m str ${kind} }`,
            `var(txn.cors_case),map_str(cors-own-${name.toLowerCase()}.map)`,
          ) ?? [],
      ),
    ],
    files: {
      ...exposedFiles(),
      [file]: rows.filter(([, value]) => value !== NOTHING || !isCorsHeader(name)),
      [`cors-own-${name.toLowerCase()}.map`]: own,
    },
  };
}

/** Names that the answer does not vary by already are added. */
function varyRules(policies: readonly EdgePolicy[]): Section {
  const names = [...new Set(policies.flatMap(({ vary }) => vary))];
  return {
    rules: [
      'http-after-response set-header Vary %[var(txn.cors_policy),map_str(cors-vary-preflight.map)] if { var(txn.cors_phase) -m str preflight } { var(txn.cors_policy),map_str(cors-vary-preflight.map) -m found }',
      ...names.map(
        (name) =>
          `http-after-response add-header Vary ${name} if { var(txn.cors_phase) -m str actual } { var(txn.cors_policy),map_str(${varyFile(name)}) -m found } !{ res.hdr(vary) -m str -i ${name} * }`,
      ),
    ],
    files: {
      'cors-vary-preflight.map': policies.map(({ key, preflightVary }): MapRow => [
        key,
        preflightVary.join(', '),
      ]),
      ...Object.fromEntries(
        names.map((name) => [
          varyFile(name),
          policies.filter(({ vary }) => vary.includes(name)).map(({ key }): MapRow => [key, 'yes']),
        ]),
      ),
    },
  };
}

/** The policies whose responses vary by a name. */
function varyFile(name: string): string {
  return `cors-vary-${name.toLowerCase()}.map`;
}
