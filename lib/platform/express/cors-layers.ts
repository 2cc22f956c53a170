import { isCorsMiddleware } from '../cors-middleware.js';
import type { ExpressLayer } from './express-layers.js';

/** A path that nobody registers a layer for: what takes it takes everything. */
const ANYWHERE = '/nestjs-cors/0f6c2a1e/anywhere';

/** One of the layers is a `cors()` for the whole application, in a router that sees all of it too. */
export function coverAllWithCors(layers: readonly ExpressLayer[]): boolean {
  return layers.some((layer) => {
    const { handle } = layer;
    if (isCorsMiddleware(handle)) return takesAnything(layer);
    const inner = (handle as { stack?: unknown } | undefined)?.stack;
    return Array.isArray(inner) && takesAnything(layer) && coverAllWithCors(inner);
  });
}

function takesAnything(layer: ExpressLayer): boolean {
  return layer.route === undefined && Boolean(layer.match(ANYWHERE));
}
