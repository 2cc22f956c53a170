/** Every encoded byte as a character, once, and what is not encoded as it stands: as services do that never refuse a path. */
export function decodeLeniently(path: string): string {
  return path.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
