/** The constraint that stands for all those a preflight cannot carry. */
export const VARIANT = 'nestjsCorsVariant';

/** The strategy of that constraint, as find-my-way asks for it. */
export function variantStrategy(): object {
  return {
    name: VARIANT,
    mustMatchWhenDerived: false,
    deriveConstraint: () => undefined,
    storage: () => {
      const stored = new Map<string, unknown>();
      return {
        get: (variant: string) => stored.get(variant) ?? null,
        set: (variant: string, value: unknown) => stored.set(variant, value),
      };
    },
  };
}
