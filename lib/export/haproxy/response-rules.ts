import { ALONE } from '../edge/edge-policies.js';
import type { EdgeValue } from '../edge/edge-headers.js';
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

/** A case that decides about a header, and its value there. */
interface Case {
  readonly key: string;
  readonly value: EdgeValue | undefined;
}

function casesOf(policies: readonly EdgePolicy[], name: string): readonly Case[] {
  const owners = policies.filter((policy) => owns(policy, name));
  return owners.flatMap((policy) =>
    PHASES.flatMap((phase) =>
      GRANTS.map((grant) => ({
        key: `${policy.key}:${phase}:${grant}`,
        value: valueIn(policy, name, phase, grant),
      })),
    ),
  );
}

function headerRules(policies: readonly EdgePolicy[], name: string): Section {
  const cases = casesOf(policies, name);
  const rows = cases
    .filter(({ value }) => value?.kind !== 'upstream')
    .map(({ key, value }): MapRow => [key, textOf(value)]);
  const own = cases.flatMap(({ key, value }): MapRow[] =>
    value !== undefined && ownOf(value) !== '' ? [[key, ownOf(value)]] : [],
  );
  const [file, ownFile] = [`cors-${name.toLowerCase()}.map`, `cors-own-${name.toLowerCase()}.map`];
  return {
    rules: settingRules(name, rows, file, ownFile),
    files: {
      ...exposedFiles(),
      [file]: rows.filter(([, value]) => value !== NOTHING || !isCorsHeader(name)),
      [ownFile]: own,
    },
  };
}

/** Constant values as they are; of the others each kind has rules of its own. */
function settingRules(
  name: string,
  rows: readonly MapRow[],
  file: string,
  ownFile: string,
): readonly string[] {
  const found = `var(txn.cors_case),map_str(${file})`;
  const own = `var(txn.cors_case),map_str(${ownFile})`;
  const set = `http-after-response set-header ${name}`;
  const kinds = new Set(rows.map(([, value]) => (value.startsWith(MARK) ? value : '')));
  const removing = `http-after-response del-header ${name} if { ${found} -m found }`;
  const constant = `${set} %[${found}] if { ${found} -m found } !{ ${found} -m beg ${MARK} }`;
  return [
    ...(isCorsHeader(name) ? [] : [removing]),
    ...(kinds.has('') ? [constant] : []),
    ...[...kinds].flatMap((kind) => DYNAMIC[kind]?.(set, `{ ${found} -m str ${kind} }`, own) ?? []),
  ];
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
