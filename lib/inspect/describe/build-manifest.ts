import type { ApplicationPolicies } from '../../app/application-policies.js';
import type { CompiledPolicy } from '../../protocol/compiled-policy.js';
import type { NestRoute } from '../../routes/nest-route.js';
import { placeOf } from '../../routes/nest-route.js';
import type { GatewayPolicies } from '../../sockets/gateway-policies.js';
import { canonical, digestOf } from '../manifest/canonical-json.js';
import { describeHosts, describeNamespace, describeVersions } from './describe-bounds.js';
import type {
  CorsManifest,
  CorsManifestGateway,
  CorsManifestLive,
  CorsManifestPath,
  CorsManifestPlatform,
  CorsManifestRoute,
} from '../manifest/manifest.js';
import { PolicyNames } from './policy-names.js';

/** As much of an application as its manifest is made from. */
export interface ManifestSource {
  readonly service: string | undefined;
  readonly platform: CorsManifestPlatform;
  readonly policies: ApplicationPolicies;
  readonly routes: readonly NestRoute[];
  readonly gateways: GatewayPolicies;
  /** Where some policies come from a live source. */
  readonly live: CorsManifestLive | undefined;
  /** A policy as it answers now. */
  readonly current: (policy: CompiledPolicy) => CompiledPolicy;
}

/** The CORS of an application as one document. */
export function buildManifest(source: ManifestSource): CorsManifest {
  const { service = null, platform, policies, routes, gateways, live, current } = source;
  const names = new PolicyNames(policies.named, current);
  const byDefault = names.of(policies.defaultPolicy, 'default');
  const document = {
    format: 1 as const,
    service,
    platform,
    debug: policies.debug,
    default: { policy: byDefault },
    paths: pathsOf(policies, names),
    routes: routes.map((route) => describeRoute(route, policies, names)),
    gateways: gatewaysOf(gateways, policies, names),
    policies: names.described(),
    ...(live && { live }),
  };
  return canonical({ ...document, digest: digestOf(document) });
}

function pathsOf({ paths }: ApplicationPolicies, names: PolicyNames): readonly CorsManifestPath[] {
  return paths.map(({ path, prefix, methods, policy, keepExposedHeaders, where }) => ({
    path,
    prefix,
    methods: methods === undefined ? null : [...methods].sort(),
    policy: names.of(policy, `${where}.policy`),
    declared: where,
    keepExposedHeaders,
  }));
}

function describeRoute(
  route: NestRoute,
  policies: ApplicationPolicies,
  names: PolicyNames,
): CorsManifestRoute {
  const declared = policies.declaredAt(route.controller, route.methodName) ?? null;
  const hosts = describeHosts(route.host);
  const versions = describeVersions(route.version);
  return {
    method: route.method,
    path: route.path,
    handler: placeOf(route),
    policy: names.of(route.declared, declared ?? placeOf(route)),
    declared,
    ...(hosts && { hosts }),
    ...(versions && { versions }),
    ...(route.headerBound && { headerBound: true }),
  };
}

function gatewaysOf(
  gateways: GatewayPolicies,
  policies: ApplicationPolicies,
  names: PolicyNames,
): readonly CorsManifestGateway[] {
  const described = gateways.gateways.map((gateway): CorsManifestGateway => {
    const policy = gateways.of(gateway);
    const declared = policies.declaredAt(gateway.type) ?? null;
    return {
      gateway: gateway.type.name,
      port: gateway.port,
      path: gateway.path ?? null,
      namespace: describeNamespace(gateway.namespace),
      policy: policy === undefined ? 'paths' : names.of(policy, declared ?? gateway.type.name),
      declared,
    };
  });
  return described.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function keyOf({ gateway, port, path, namespace }: CorsManifestGateway): string {
  return JSON.stringify([gateway, port, path, namespace]);
}
