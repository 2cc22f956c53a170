import type { CorsManifestOrigin, CorsManifestPolicy } from 'nestjs-cors/export';

/** Everything that a random policy may be about: small enough to try all of it. */
export const ORIGINS = [
  'https://a.example',
  'https://x.a.example',
  'https://y.x.a.example',
  'https://a.example:8443',
  'https://b.example',
  'https://x.b.example',
  'https://pr-1.b.example',
  'http://localhost:3000',
  'http://a.example',
  'https://other.example',
];
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND'];
const HEADERS = ['x-a', 'x-b', 'x-c'];
const EXPOSED = ['x-e', 'x-f', 'x-g'];

/** Each thing that is permitted, as a text. Written for the test: no code is shared with what it judges. */
export function permissionsOf(
  policy: CorsManifestPolicy,
  served: readonly string[] | null,
): ReadonlySet<string> {
  const found = new Set<string>();
  for (const origin of ORIGINS) {
    if (policy.denied === 'omit') found.add(`${origin} runs`);
    if (!allows(policy.origin, origin)) continue;
    found.add(`${origin} reads`);
    const { credentials } = policy;
    if (credentials === true || (typeof credentials === 'object' && allows(credentials, origin)))
      found.add(`${origin} sends credentials`);
    if (policy.timingAllowOrigin) found.add(`${origin} times`);
    for (const method of METHODS)
      if (isIn(method, policy.methods ?? served)) found.add(`${origin} asks for ${method}`);
    for (const header of HEADERS)
      if (isIn(header, policy.allowedHeaders)) found.add(`${origin} sends ${header}`);
    for (const header of EXPOSED)
      if (isIn(header, policy.exposedHeaders)) found.add(`${origin} sees ${header}`);
    for (let age = 0; age <= policy.maxAge; age += 60) found.add(`${origin} remembers for ${age}`);
  }
  const embeds = ['same-origin', 'same-site', null, 'cross-origin'].indexOf(policy.resourcePolicy);
  for (let step = 0; step <= embeds; step += 1) found.add(`embeds ${step}`);
  return found;
}

function isIn(name: string, names: readonly string[] | null): boolean {
  if (names === null || ['GET', 'HEAD', 'POST'].includes(name)) return true;
  return names.some((other) => other.toLowerCase() === name.toLowerCase());
}

export function allows(origins: CorsManifestPolicy['origin'], origin: string): boolean {
  if (origins === '*' || origins === false) return origins === '*';
  return origins.some((one) => matches(one, origin));
}

function matches(one: CorsManifestOrigin, origin: string): boolean {
  if (typeof one !== 'string')
    return 'regexp' in one && new RegExp(one.regexp, one.flags).test(origin);
  if (one === origin) return true;
  const source = one
    .replace(/[.]/g, '\\.')
    .replace('://*\\.', '://(?:[a-z0-9_-]+\\.)+')
    .replace(/:\*$/, '(?::[1-9][0-9]*)?');
  return new RegExp(`^${source}$`).test(origin);
}
