import type {
  CorsManifest,
  CorsManifestGateway,
  CorsManifestRoute,
} from '../../inspect/manifest/manifest.js';
import { HostBindings } from '../rules/host-bindings.js';
import { ManifestRules, type Selection } from '../rules/manifest-rules.js';
import { representativePaths } from '../rules/targets.js';
import { PolicyComparison } from './compare-places.js';
import type { CorsManifestDifference, CorsPlacePolicy } from './difference.js';
import { placeOfRules, placePolicy, Places } from './places.js';

const BASIC = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

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
  [before, after].forEach(checkFormat);
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

function checkFormat({ format }: { readonly format: unknown }): void {
  if (format === 1) return;
  throw new Error(
    `a manifest of format 1 is expected, this has ${JSON.stringify(format)}; make it anew with \`npx nestjs-cors manifest\``,
  );
}

/** What holds for every place at once. */
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

type Both = readonly [before: ManifestRules, after: ManifestRules];

/** One path for all that the rules treat alike, each method, each host. */
function compareTargets(
  [old, fresh]: Both,
  hosts: HostBindings,
  policies: PolicyComparison,
  places: Places,
): void {
  const methods = methodsIn([old, fresh]);
  for (const path of pathsIn([old, fresh])) {
    for (const host of hosts.all) {
      for (const method of methods) {
        const [was, is] = [old.select(method, path, host), fresh.select(method, path, host)];
        const example = { method, path, ...(host !== '' && { host }) };
        places.add(
          { place: placeOfRules(was, is), ...policiesOf(was, is), example },
          policies.compare(was.policy, is.policy, method),
        );
      }
    }
  }
}

function policiesOf(
  was: Selection,
  is: Selection,
): Pick<CorsManifestDifference, 'before' | 'after'> {
  return { before: placePolicy(was), after: placePolicy(is) };
}

function methodsIn(rules: Both): ReadonlySet<string> {
  const methods = new Set(BASIC);
  for (const { manifest, servedMethods } of rules) {
    for (const method of servedMethods) methods.add(method);
    for (const entry of manifest.paths) entry.methods?.forEach((method) => methods.add(method));
    for (const policy of Object.values(manifest.policies))
      policy.methods?.forEach((method) => methods.add(method));
  }
  return methods;
}

function pathsIn(rules: Both): readonly string[] {
  const patterns = rules.flatMap(({ manifest, routes }) => [
    ...routes.map(({ pattern }) => pattern.segments),
    ...manifest.paths.map(({ path, prefix }) => {
      const fixed = path.split('/').filter(Boolean);
      const segments = fixed.map((text) => ({ kind: 'static' as const, text }));
      return prefix ? [...segments, { kind: 'rest' as const }] : segments;
    }),
  ]);
  return representativePaths(
    patterns,
    rules.every(({ manifest }) => !manifest.platform.caseSensitive),
  );
}

/** Routes whose patterns cannot be read are compared with themselves; of a new one nobody can say what it took over. */
function compareUnreadable([old, fresh]: Both, policies: PolicyComparison, places: Places): void {
  const [were, are] = [old, fresh].map(
    ({ unreadable }) => new Map(unreadable.map((route) => [keyOf(route), route])),
  );
  for (const key of new Set([...(were?.keys() ?? []), ...(are?.keys() ?? [])])) {
    const [was, is] = [were?.get(key), are?.get(key)];
    const [before, after] = [was, is].map((route) => ({
      policy: route?.policy ?? null,
      declared: route?.declared ?? null,
    }));
    if (before === undefined || after === undefined) continue;
    const options =
      was === undefined || is === undefined
        ? [
            {
              option: 'policy',
              verdict: 'unknown' as const,
              before: before.policy,
              after: after.policy,
              reason: 'pattern',
            },
          ]
        : policies.compare(
            resolved(old, was),
            resolved(fresh, is),
            was.method === 'ALL' ? 'PUT' : was.method,
          );
    places.add({ place: key, before, after }, options);
  }
}

function keyOf({ method, path, hosts }: CorsManifestRoute): string {
  return `${method} ${path}${hosts === undefined ? '' : ` on ${JSON.stringify(hosts)}`}`;
}

/** `'paths'` on a pattern that cannot be read leads to `default`, as far as can be told. */
function resolved(
  { manifest }: ManifestRules,
  { policy }: CorsManifestRoute,
): CorsManifestRoute['policy'] {
  return policy === 'paths' ? manifest.default.policy : policy;
}

function compareGateways([old, fresh]: Both, policies: PolicyComparison, places: Places): void {
  const [were, are] = [old, fresh].map(
    ({ manifest }) => new Map(manifest.gateways.map((gateway) => [gatewayKey(gateway), gateway])),
  );
  for (const key of new Set([...(were?.keys() ?? []), ...(are?.keys() ?? [])])) {
    const target = were?.get(key) ?? are?.get(key);
    const [before, after] = [
      ofGateway(old, were?.get(key), target),
      ofGateway(fresh, are?.get(key), target),
    ];
    places.add({ place: key, before, after }, policies.compare(before.policy, after.policy, 'GET'));
  }
}

/** An undecorated gateway, and a path without one, have the policy of what no route serves. */
function ofGateway(
  rules: ManifestRules,
  gateway: CorsManifestGateway | undefined,
  target: CorsManifestGateway | undefined,
): CorsPlacePolicy {
  if (gateway === undefined || gateway.policy === 'paths')
    return placePolicy(rules.beyondRoutes('GET', target?.path ?? '/'));
  return { policy: gateway.policy, declared: gateway.declared };
}

function gatewayKey({ gateway, port, path, namespace }: CorsManifestGateway): string {
  const where = [port || undefined, path, namespace].filter(
    (part) => part !== undefined && part !== null,
  );
  return `gateway ${gateway}${where.length === 0 ? '' : ` ${JSON.stringify(where)}`}`;
}
