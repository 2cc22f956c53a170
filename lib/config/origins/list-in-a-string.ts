import { show } from '../../protocol/show-value.js';

/**
 * The mistakes that environment variables make of one origin or of a list: an empty entry, a JSON list, quotes, commas,
 * spaces. Undefined for any other text. A repair is offered only where `isOrigin` accepts every part of it.
 */
export function listProblem(
  source: string,
  isOrigin: (text: string) => boolean,
): string | undefined {
  const text = source.trim();
  const write = (parts: readonly string[], fix: string): string =>
    parts.length > 0 && parts.every(isOrigin) ? `; write ${fix}` : '';
  if (text === '') {
    return `${show(source)} is an empty entry, as a trailing comma or an unset variable leaves it; leave it out`;
  }
  if (isJsonList(text)) {
    return `${show(source)} is a JSON list in one string; pass the array itself, for example through JSON.parse()`;
  }
  if (text.includes(',')) {
    const parts = text.split(',').map((part) => part.trim());
    return `${show(source)} is a list in one string, separated by commas, and \`origin\` takes an array${write(parts, `[${parts.map(quote).join(', ')}]`)}`;
  }
  const [, , inner] = /^(["'`])(.*)\1$/.exec(text) ?? [];
  if (inner !== undefined) {
    return `${show(source)}: the quotes are part of the value, so nothing matches it${write([inner], quote(inner))}`;
  }
  if (text !== source) {
    return `${show(source)} has a space before or after it, so nothing matches it${write([text], quote(text))}`;
  }
  return undefined;
}

function quote(text: string): string {
  return `'${text}'`;
}

function isJsonList(text: string): boolean {
  if (!text.startsWith('[')) return false;
  try {
    return Array.isArray(JSON.parse(text));
  } catch {
    return false;
  }
}
