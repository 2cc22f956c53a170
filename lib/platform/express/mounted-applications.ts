import type { RoutesAtTarget } from '../../routes/route-lookup.js';
import {
  routerOf,
  type ExpressApplication,
  type ExpressLayer,
  type ExpressRouter,
} from './express-layers.js';
import { pathOf } from './express-routes.js';

/** By the router of a parent application, the layers that lead to a Nest application with policies of its own. */
const MOUNTS = new WeakMap<ExpressRouter, ExpressLayer[]>();

/** `parent.use('/inner', application)` adds the layer, and then tells the application. */
export function markWhenMounted(application: ExpressApplication): void {
  application.on('mount', (parent) => {
    const router = routerOf(parent);
    const layer = router?.stack?.at(-1);
    if (router !== undefined && layer !== undefined)
      MOUNTS.set(router, [...(MOUNTS.get(router) ?? []), layer]);
  });
}

/** A request for the target may be handed to a mounted application. */
export function isMountedAt(router: ExpressRouter | undefined, url: string): boolean {
  const layers = router && MOUNTS.get(router);
  const path = layers && pathOf(url);
  return typeof path === 'string' && layers?.some((layer) => matches(layer, path)) === true;
}

/** A layer throws where it cannot decode the path; Express answers 400 then. */
function matches(layer: ExpressLayer, path: string): boolean {
  try {
    return Boolean(layer.match(path));
  } catch {
    return false;
  }
}

/** The routes of the parent at a target that a mounted application is asked about too: which comes first is not known. */
export function behindMount(routes: RoutesAtTarget): RoutesAtTarget {
  return {
    match: (method) => {
      const match = routes.match(method);
      return typeof match === 'object' || match === 'undecidable' ? 'undecidable' : 'mounted';
    },
  };
}
