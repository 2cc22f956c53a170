/** Names that nobody can register: RFC 2606, RFC 6761, RFC 6762, and ICANN's reservation of `internal`. */
const RESERVED_TOP_LEVEL: ReadonlySet<string> = new Set([
  'example',
  'internal',
  'invalid',
  'local',
  'localhost',
  'test',
]);

/** Labels that countries register names under: `co.uk`, `com.au`. */
const SECOND_LEVEL_REGISTRY =
  /^(?:ac|co|com|edu|go|gob|gov|gouv|ltd|mil|ne|net|nom|or|org|plc|sch)\.[a-z]{2}$/;

/** Names below a reserved top-level name stay within one machine, network or test. */
export function isReservedName(host: string): boolean {
  return RESERVED_TOP_LEVEL.has(host.replace(/\.$/, '').split('.').at(-1) ?? '');
}

/**
 * Strangers can obviously register names below the host: `com`, `co.uk`. A floor that needs no list; the Public
 * Suffix List knows thousands more.
 */
export function isObviousRegistry(host: string): boolean {
  const name = host.replace(/\.$/, '');
  if (isReservedName(name)) return false;
  return !name.includes('.') || SECOND_LEVEL_REGISTRY.test(name);
}
