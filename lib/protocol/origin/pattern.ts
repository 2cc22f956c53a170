/** A configured origin: exact, or with a wildcard for subdomains, for the port, or both. */
export interface OriginPattern {
  readonly source: string;
  readonly scheme: string;
  /** Without the leading `*.`. */
  readonly host: string;
  /** Empty for the scheme's default port, `'*'` for any. */
  readonly port: string;
  /** One or more labels must stand in front of the host. */
  readonly subdomains: boolean;
}

/** The pattern stands for a single origin. */
export function isExact(pattern: OriginPattern): boolean {
  return !pattern.subdomains && pattern.port !== '*';
}
