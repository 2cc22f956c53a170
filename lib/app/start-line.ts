import { show } from '../protocol/show-value.js';
import type { NestRoute } from '../routes/nest-route.js';

/** Policies that are named in the line; a longer one is for `CorsInspector.table()`. */
const MOST_NAMED = 8;

/**
 * How many routes there are under which policies.
 *
 * @example `3 routes: 2 under "app", 1 under "@NoCors()"`
 */
export function startLine(routes: readonly NestRoute[]): string {
  const counts = new Map<string | undefined, number>();
  for (const { declared } of routes)
    counts.set(declared?.label, (counts.get(declared?.label) ?? 0) + 1);
  const all = [...counts].sort(([, left], [, right]) => right - left);
  const named = all.slice(0, MOST_NAMED).map(([label, count]) => `${count} ${wordsFor(label)}`);
  const others = all.slice(MOST_NAMED);
  const rest = others.reduce((sum, [, count]) => sum + count, 0);
  if (rest > 0) named.push(`${rest} under ${others.length} more`);
  return `${routes.length} ${routes.length === 1 ? 'route' : 'routes'}: ${named.join(', ')}`;
}

function wordsFor(label: string | undefined): string {
  return label === undefined ? 'without a policy' : `under ${show(label)}`;
}
