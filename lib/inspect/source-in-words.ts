import type { CorsExplanation } from './cors-inspector.js';

const SOURCES: Readonly<Record<CorsExplanation['source'], string>> = {
  route: 'the route',
  paths: '`paths`',
  gateway: 'the gateway',
  default: '`default`',
  none: 'nothing',
};

/** Where the policy of a request comes from: `the route, OrdersController.update`. */
export function sourceInWords({ source, where }: CorsExplanation): string {
  return where === undefined ? SOURCES[source] : `${SOURCES[source]}, ${where}`;
}
