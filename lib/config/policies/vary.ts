/** Request headers that the answer to a preflight depends on, whatever the policy. */
export const PREFLIGHT_VARY: readonly string[] = [
  'Origin',
  'Access-Control-Request-Method',
  'Access-Control-Request-Headers',
];

/**
 * Request headers that an actual response depends on, where it depends on the origin at all. Under `denied: 'reject'` the
 * browser's `Sec-Fetch-Site` decides whether the handler runs.
 */
export function actualVary(
  denied: 'omit' | 'reject' | undefined,
  further: readonly string[] = [],
): readonly string[] {
  return ['Origin', ...(denied === 'reject' ? ['Sec-Fetch-Site'] : []), ...further];
}
