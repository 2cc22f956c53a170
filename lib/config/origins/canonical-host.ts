const MAPPED = /^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/;

/**
 * An IP address as browsers serialise it, `undefined` where it is none. An IPv4 address mapped into IPv6 is turned into the
 * former, which is what the machine is reached by.
 */
export function canonicalHost(host: string): string | undefined {
  if (!URL.canParse(`http://${host}`)) return undefined;
  const { hostname } = new URL(`http://${host}`);
  const mapped = MAPPED.exec(hostname);
  if (mapped === null) return hostname;
  const bytes = mapped.slice(1).flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 255];
  });
  return bytes.join('.');
}
