import type { CorsManifest } from '../../inspect/manifest/manifest.js';
import { methodsIn } from '../rules/manifest-methods.js';
import { HostBindings } from '../rules/host-bindings.js';
import { ManifestRules, type Selection } from '../rules/manifest-rules.js';
import { entryPattern } from '../rules/path-rules.js';
import { representativePaths } from '../rules/targets.js';
import { PolicyComparison } from './compare-places.js';
import type { CorsManifestDifference } from './difference.js';
import { type Both, compareGateways, compareUnreadable } from './other-places.js';
import { placeOfRules, placePolicy, Places } from './places.js';
import { assertManifest } from '../rules/assert-manifest.js';

/**
 * Compares what two manifests answer, place by place: by the origins that policies allow, not by how they are written, and
 * by the rules that decide about each request, not by their order. `[]` where every request is answered alike.
 *
 * @throws Error for what is no manifest of a format that it knows
 *
 * @publicApi
 */
export function diffManifests(
  before: CorsManifest,
  after: CorsManifest,
): readonly CorsManifestDifference[] {
  [before, after].forEach(assertManifest);
  const places = new Places();
  const policies = new PolicyComparison(before, after);
  const hosts = new HostBindings([before, after]);
  const rules = [new ManifestRules(before, hosts), new ManifestRules(after, hosts)] as const;
  compareSettings(before, after, places);
  compareTargets(rules, hosts, policies, places);
  compareUnreadable(rules, policies, places);
  compareGateways(rules, policies, places);
  return places.result();
}

/** Settings hold for every place at once. */
function compareSettings(before: CorsManifest, after: CorsManifest, places: Places): void {
  const nowhere = { policy: null, declared: null };
  const settings = [
    ['debug', before.debug, after.debug],
    ['platform', before.platform, after.platform],
  ] as const;
  for (const [place, was, is] of settings) {
    if (JSON.stringify(was) === JSON.stringify(is)) continue;
    const option = { option: place, verdict: 'changed' as const, before: was, after: is };
    places.add({ place, before: nowhere, after: nowhere }, [option]);
  }
}

/** One path for all that the rules treat alike, each method, each host. */
function compareTargets(
  [old, fresh]: Both,
  hosts: HostBindings,
  policies: PolicyComparison,
  places: Places,
): void {
  const methods = methodsIn([old.manifest, fresh.manifest]);
  for (const path of pathsIn([old, fresh])) {
    if (old.leavesEmpty(path) || fresh.leavesEmpty(path)) continue;
    for (const host of hosts.all) {
      for (const method of methods) {
        const [was, is] = [old.select(method, path, host), fresh.select(method, path, host)];
        if (isDisputed(path, was, is)) continue;
        const example = { method, path, ...(host !== '' && { host }) };
        places.add(
          { place: placeOfRules(was, is), ...policiesOf(was, is), example },
          policies.compare(was.policy, is.policy, method),
        );
      }
    }
  }
}

/**
 * Under `paths` services may read `/raw/` as `/raw` or as something below it; where those have different policies it is denied.
 * Both readings are compared as themselves.
 */
function isDisputed(path: string, ...selections: readonly Selection[]): boolean {
  return (
    path.length > 1 && path.endsWith('/') && selections.some(({ rule }) => rule.kind === 'path')
  );
}

function policiesOf(
  was: Selection,
  is: Selection,
): Pick<CorsManifestDifference, 'before' | 'after'> {
  return { before: placePolicy(was), after: placePolicy(is) };
}

function pathsIn(rules: Both): readonly string[] {
  const patterns = rules.flatMap(({ manifest, routes }) => [
    ...routes.map(({ pattern }) => pattern.segments),
    ...manifest.paths.map(entryPattern),
  ]);
  return representativePaths(
    patterns,
    rules.every(({ manifest }) => !manifest.platform.caseSensitive),
  );
}
