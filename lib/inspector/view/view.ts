import type {
  CorsManifest,
  CorsManifestLive,
  CorsManifestPlatform,
  CorsManifestPolicyName,
  CorsManifestRegExp,
} from '../../inspect/manifest/manifest.js';
import { detailsOf, type Detail } from './details.js';
import { opennessOf, type Judged } from './openness.js';
import { textOf } from '../../inspect/manifest/manifest-texts.js';

/** A place as a row of the page. */
export interface PlaceRow extends Judged {
  /** In upper case; `'ANY'` where every method is meant, `'WS'` for a gateway. */
  readonly method: string;
  readonly path: string;
  /** `OrdersController.update`, `paths[0]`, `default`. */
  readonly place: string;
  /** A key of `policies`, or the words for what stands in place of a policy. */
  readonly policy: string;
  /** Where the policy was declared, if that is another place. */
  readonly declared: string | null;
  /** A request to try, where the place is one URL. */
  readonly url: string | null;
}

/** The manifest as the page shows it. */
export interface View {
  readonly platform: CorsManifestPlatform;
  readonly debug: boolean;
  readonly live: CorsManifestLive | null;
  readonly places: readonly PlaceRow[];
  readonly policies: Readonly<Record<string, readonly Detail[]>>;
}

export function viewOf(manifest: CorsManifest): View {
  const { platform, debug, live = null, policies } = manifest;
  const details = Object.entries(policies).map(
    ([name, policy]) => [name, detailsOf(policy)] as const,
  );
  const places = [...routes(manifest), ...paths(manifest), ...gateways(manifest), rest(manifest)];
  return { platform, debug, live, places, policies: Object.fromEntries(details) };
}

function routes(manifest: CorsManifest): readonly PlaceRow[] {
  return manifest.routes.map(({ method, path, handler, declared, policy, hosts, versions }) =>
    row(manifest, policy, {
      method: method === 'ALL' ? 'ANY' : method,
      path: [path, ...bounds('host', hosts), ...bounds('version', versions)].join(' '),
      place: handler,
      declared: declared === handler ? null : declared,
      url: path,
    }),
  );
}

function paths(manifest: CorsManifest): readonly PlaceRow[] {
  return manifest.paths.map(({ methods, path, prefix, declared, policy }) =>
    row(manifest, policy, {
      method: methods === null ? 'ANY' : methods.join(', '),
      path: prefix ? `${path} and below` : path,
      place: declared,
      declared: null,
      url: path,
    }),
  );
}

function gateways(manifest: CorsManifest): readonly PlaceRow[] {
  return manifest.gateways.map(({ gateway, port, path, namespace, policy, declared }) =>
    row(manifest, policy, {
      method: 'WS',
      path: [path ?? '', ...(port === 0 ? [] : [`port ${port}`]), ...bounds('namespace', namespace)]
        .join(' ')
        .trim(),
      place: gateway,
      declared: declared === gateway ? null : declared,
      url: null,
    }),
  );
}

function rest(manifest: CorsManifest): PlaceRow {
  const place = {
    method: 'ANY',
    path: 'everything else',
    place: 'default',
    declared: null,
    url: null,
  };
  return row(manifest, manifest.default.policy, place);
}

function row(
  { policies }: CorsManifest,
  policy: CorsManifestPolicyName,
  place: Omit<PlaceRow, keyof Judged | 'policy'>,
): PlaceRow {
  return { ...place, ...opennessOf(policy, policies), policy: namesOf(policy) };
}

function namesOf(policy: CorsManifestPolicyName): string {
  if (policy === null) return 'none';
  return policy === false ? '@NoCors()' : policy;
}

function bounds(
  name: string,
  values: string | CorsManifestRegExp | readonly (string | CorsManifestRegExp)[] | null | undefined,
): readonly string[] {
  if (values === undefined || values === null) return [];
  return [`(${name} ${[values].flat().map(textOf).join(', ')})`];
}
