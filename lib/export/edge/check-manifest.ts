import type { CorsManifest } from '../../inspect/manifest/manifest.js';
import { isPlainText } from './canonical-path.js';
import { checkTexts } from './check-texts.js';
import type { Losses } from './losses.js';
import { assertManifest } from '../rules/assert-manifest.js';

/** Everything but routes and policies: what is lost whatever engine it is for. */
export function checkManifest(manifest: CorsManifest, losses: Losses): void {
  assertManifest(manifest);
  checkTexts(manifest, losses);
  checkPlatform(manifest, losses);
  checkLive(manifest, losses);
  for (const { path, declared } of manifest.paths)
    if (!path.split('/').every(isPlainText))
      losses.add(
        'refused',
        'path',
        declared,
        `${JSON.stringify(path)} has characters that services may read in different ways`,
      );
}

function checkPlatform(
  { platform: { name, strategy }, debug }: CorsManifest,
  losses: Losses,
): void {
  if (name !== 'express' && name !== 'fastify')
    losses.add(
      'refused',
      'platform',
      'platform',
      `the rules of ${JSON.stringify(name)} are not known, only those of Express and Fastify`,
    );
  if (strategy !== 'hook')
    losses.add(
      'different',
      'strategy',
      'platform',
      "the engine also answers where strategy 'interceptor' does not reach: errors of guards, middleware, unrouted paths",
    );
  if (debug)
    losses.add(
      'different',
      'debug',
      'debug',
      'a preflight that fails is answered 403 by the engine, without `Cors-Debug`',
    );
}

/** An engine has the lists of one state, and keeps them when an origin is revoked. */
function checkLive({ live }: CorsManifest, losses: Losses): void {
  if (live === undefined) return;
  const { source, revision } = live;
  if (revision === 0)
    losses.add(
      'refused',
      'live',
      'live',
      `the lists of ${source} are not in this manifest; take that of the running application: app.get(CorsInspector).manifest()`,
    );
  else
    losses.add(
      'wider',
      'live',
      'live',
      `the engine keeps the lists of revision ${revision} when ${source} has others: an origin that is revoked stays allowed until the next export`,
    );
}
