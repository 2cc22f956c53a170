import { defaultPort, parseOrigin, type ParsedOrigin } from '../../protocol/origin/grammar.js';
import type { OriginMatcher } from '../../protocol/origin/matcher.js';

/** An origin that is allowed and nearly the one that asks, and the words for what tells them apart. */
type Kin = readonly [origin: string, words: string];

/**
 * An allowed origin that the denied one was probably meant to be, as a clause: "you allow https://example.com, …". Looks
 * up a handful of spellings, however many origins the policy has.
 *
 * @example nearMiss(origins, 'http://localhost:5173') // 'you allow http://localhost, and browsers send the port'
 */
export function nearMiss(origins: OriginMatcher, origin: string): string | undefined {
  const parsed = parseOrigin(origin);
  if (parsed === undefined) return undefined;
  return kinOf(parsed).find(([kin]) => kin !== origin && origins.allows(kin))?.[1];
}

function kinOf(parsed: ParsedOrigin): readonly Kin[] {
  const { scheme, host, port } = parsed;
  const end = port === '' ? '' : `:${port}`;
  const bare = `${scheme}://${host}`;
  const other = scheme === 'https' ? 'http' : 'https';
  const kin: Kin[] = [
    [bare, `you allow ${bare}, and browsers send the port`],
    [
      `${other}://${host}${end}`,
      `you allow ${other}://${host}${end}, and the page is on ${scheme}`,
    ],
    [`${other}://${host}`, `you allow ${other}://${host}, and the page is on ${bare}${end}`],
    ...developmentPorts(parsed),
    ...namesOfThisMachine(parsed),
  ];
  if (host.startsWith('www.')) {
    const apex = `${scheme}://${host.slice(4)}${end}`;
    kin.push([apex, `you allow ${apex}, and the page is on its www. name`]);
  }
  // Nobody lists this name: whoever allows it allows everything below the host.
  kin.push([
    `${scheme}://any-name-below.${host}${end}`,
    `you allow what is below ${host}, and not ${host} itself`,
  ]);
  kin.push([
    `${scheme}://www.${host}${end}`,
    `you allow ${scheme}://www.${host}${end}, and the page has no www.`,
  ]);
  const parent = host.slice(host.indexOf('.') + 1);
  if (parent !== host) {
    const above = `${scheme}://${parent}${end}`;
    kin.push([above, `you allow ${above} alone, and not what is below it`]);
  }
  return kin;
}

/** Servers of development tools, which take the next port where one is in use. */
function developmentPorts({ scheme, host, port }: ParsedOrigin): readonly Kin[] {
  if (!isLoopback(host)) return [];
  return ['3000', '4200', '5173', '8080', defaultPort(scheme) ?? '']
    .filter((known) => known !== port)
    .map((known): Kin => {
      const kin = `${scheme}://${host}:${known}`;
      return [kin, `you allow ${kin}, and the page is on another port`];
    });
}

function namesOfThisMachine({ scheme, host, port }: ParsedOrigin): readonly Kin[] {
  if (!isLoopback(host)) return [];
  const end = port === '' ? '' : `:${port}`;
  return ['localhost', '127.0.0.1', '[::1]'].map((name): Kin => {
    const kin = `${scheme}://${name}${end}`;
    return [kin, `you allow ${kin}, and to a browser ${host} is another host`];
  });
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '127.0.0.1' || host === '[::1]';
}
