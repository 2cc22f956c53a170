const LONGEST_SHOWN = 120;

/** Quotes a value for a message: on one line, without control characters, and short. */
export function show(value: unknown): string {
  const text = describe(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

function describe(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'function') return `[function ${value.name || 'anonymous'}]`;
  if (typeof value === 'object' && value !== null && !(value instanceof RegExp)) {
    return describeObject(value);
  }
  return String(value);
}

function describeObject(value: object): string {
  try {
    return JSON.stringify(value) ?? Object.prototype.toString.call(value);
  } catch {
    return Object.prototype.toString.call(value); // cyclic, or a toJSON that throws
  }
}
