const LONGEST = 160;

/** The value of an option as a part of a line. */
export function short(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
