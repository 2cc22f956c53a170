/** An object or a class and what it inherits from, nearest first, without what everything inherits from. */
export function chainOf(start: unknown): readonly object[] {
  const chain: object[] = [];
  let current = start;
  while (isHolder(current)) {
    chain.push(current);
    current = Object.getPrototypeOf(current);
  }
  return chain;
}

function isHolder(value: unknown): value is object {
  const holds = (typeof value === 'object' && value !== null) || typeof value === 'function';
  return holds && value !== Object.prototype && value !== Function.prototype;
}
