import type { CompiledPolicy } from '../protocol/compiled-policy.js';
import { placeIn } from '../protocol/show-value.js';

/**
 * Where the options of a policy stand that has a name, or is tried beside one that has: `policies.partners.reportOnly`.
 *
 * @param named the policies of the option `policies`
 */
export function placeOfPolicy(
  named: ReadonlyMap<string, CompiledPolicy>,
  { label }: CompiledPolicy,
): string | undefined {
  if (named.has(label)) return placeIn('policies', label);
  const owner = label.replace(/\.reportOnly$/, '');
  const isTrial = named.get(owner)?.reportOnly?.label === label;
  return isTrial ? `${placeIn('policies', owner)}.reportOnly` : undefined;
}
