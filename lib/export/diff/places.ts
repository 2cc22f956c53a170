import type { Selection } from '../rules/manifest-rules.js';
import {
  byVerdict,
  combined,
  type CorsManifestDifference,
  type CorsOptionDifference,
  type CorsPlacePolicy,
} from './difference.js';

/** A place under construction. */
interface Found {
  readonly difference: Omit<CorsManifestDifference, 'verdict' | 'options' | 'witness'>;
  /** By option and outcome: methods of one place may differ in different ways. */
  readonly options: Map<string, CorsOptionDifference>;
}

/** The places that answer differently, each once, however many requests show it. */
export class Places {
  private readonly found = new Map<string, Found>();

  add(difference: Found['difference'], options: readonly CorsOptionDifference[]): void {
    if (options.length === 0) return;
    const { place, before, after } = difference;
    const key = JSON.stringify([place, before, after]);
    const found = this.found.get(key) ?? { difference, options: new Map() };
    for (const option of options) found.options.set(`${option.option} ${option.verdict}`, option);
    this.found.set(key, found);
  }

  /** Widenings first, then what cannot be told. */
  result(): readonly CorsManifestDifference[] {
    return [...this.found.values()].map(finish).sort(byVerdict);
  }
}

function finish({ difference, options }: Found): CorsManifestDifference {
  const list = [...options.values()];
  const { example, ...named } = difference;
  const witness = list.find((option) => option.witness !== undefined)?.witness;
  return {
    ...named,
    verdict: combined(list),
    options: list,
    ...(witness !== undefined && { witness }),
    ...(example && { example }),
  };
}

/** The place that a request belongs to, by the rules that decide about it before and after: a route's before any other's. */
export function placeOfRules(before: Selection, after: Selection): string {
  const [was, is] = [before, after].map(({ rule }) => rule);
  const route =
    [is, was].find((rule) => rule?.kind === 'route') ??
    [is, was].find((rule) => rule?.kind === 'sibling');
  return nameOf(route ?? (is?.kind === 'default' ? was : is) ?? { kind: 'default' });
}

function nameOf(rule: Selection['rule']): string {
  switch (rule.kind) {
    case 'route':
      return `${rule.route.method} ${rule.route.path}${hostsOf(rule.route.hosts)}`;
    case 'sibling':
      return `other methods of ${rule.route.path}${hostsOf(rule.route.hosts)}`;
    case 'path':
      return `paths ${rule.entry.path}${rule.entry.prefix ? `${rule.entry.path.endsWith('/') ? '' : '/'}*` : ''}${rule.entry.methods === null ? '' : ` (${rule.entry.methods.join(', ')})`}`;
    default:
      return 'default';
  }
}

function hostsOf(hosts: unknown): string {
  return hosts === undefined ? '' : ` on ${JSON.stringify(hosts)}`;
}

/** The policy of a selection, and where it is declared. */
export function placePolicy({ rule, policy }: Selection): CorsPlacePolicy {
  switch (rule.kind) {
    case 'route':
    case 'sibling':
      return { policy, declared: rule.route.declared };
    case 'path':
      return { policy, declared: rule.entry.declared };
    default:
      return { policy, declared: policy === null ? null : 'default' };
  }
}
