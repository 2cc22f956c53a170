import type { OptionPlaces } from '../../protocol/compiled-policy.js';
import type { WrittenPolicy } from './live-shape.js';

const PLACED = ['origin', 'methods', 'allowedHeaders'] as const;

/**
 * Where to change each option that may deny a request: where the policy writes it, else where the one does that it extends.
 * Writing an inherited list anew would replace it.
 *
 * @example policies.partners.origin
 * @example `origin` at OrdersController.change
 */
export function optionPlaces({
  source,
  base,
  where,
  label,
  listed = [],
}: Omit<WrittenPolicy, 'read'>): OptionPlaces {
  const places: Partial<Record<keyof OptionPlaces, string>> = { ...base?.compiled.places };
  for (const option of PLACED) {
    if (listed.includes(option)) places[option] = `the \`${option}\` of its source`;
    else if (source[option] !== undefined)
      places[option] = where === label ? `\`${option}\` at ${where}` : `${where}.${option}`;
  }
  return Object.freeze(places);
}
