import type { CorsManifestGateway, CorsManifestRoute } from '../../inspect/manifest/manifest.js';
import type { ManifestRules } from '../rules/manifest-rules.js';
import type { PolicyComparison } from './compare-places.js';
import type { CorsPlacePolicy } from './difference.js';
import { placePolicy, type Places } from './places.js';

/** The rules of two manifests. */
export type Both = readonly [before: ManifestRules, after: ManifestRules];

/** Routes whose patterns cannot be read are compared with themselves; of a new one nobody can say what it took over. */
export function compareUnreadable(
  [old, fresh]: Both,
  policies: PolicyComparison,
  places: Places,
): void {
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

/** Gateways by name and by where they listen. */
export function compareGateways(
  [old, fresh]: Both,
  policies: PolicyComparison,
  places: Places,
): void {
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
