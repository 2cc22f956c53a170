/** What a message says to write, as values: `write 'PATCH'`, `write ['https://a.test', 'https://b.test']`. */
export function suggestionsIn(message: string): readonly unknown[] {
  const quoted = message.matchAll(/(?:\bwrite|such as) ('[^']*'|\[[^\]]*\])/g);
  return [...quoted]
    .map(([, literal = '']) => JSON.parse(literal.replaceAll("'", '"')) as unknown)
    .filter((value) => !JSON.stringify(value).includes('<'));
}

type Container = Record<string, unknown>;

/** The options with another value at a place such as `default.origin[1]`. */
export function replaceAt(options: Container, where: string, value: unknown): Container {
  const [key = '', ...rest] = where.match(/[^.[\]]+/g) ?? [];
  return replace(options, [key, ...rest], value) as Container;
}

function replace(container: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  if (typeof container === 'string') return replace(container.split(/, */), [key, ...rest], value);
  const copy: unknown = Array.isArray(container) ? [...container] : { ...(container as Container) };
  (copy as Container)[key] = replace((copy as Container)[key], rest, value);
  return copy;
}
