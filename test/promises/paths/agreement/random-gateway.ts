import type { Random } from '../../../support/random.js';

/** A part of a service with a `paths` entry of its own. */
export interface Area {
  readonly name: string;
  readonly path: string;
  readonly prefix: boolean;
  /** `p3`, or `none` for `policy: false`. */
  readonly policy: string;
}

export interface GatewaySpec {
  /** Where proxies are mounted; each is an area too. */
  readonly mounts: readonly string[];
  readonly areas: readonly Area[];
  /** Paths of Nest handlers, by policy. */
  readonly handlers: readonly { readonly path: string; readonly policy: string }[];
  readonly default: string;
}

const WORDS = ['alpha', 'beta', 'gamma', 'a', 'b.c', 'x-y'];

export function randomGateway(random: Random): GatewaySpec {
  const mounts = ['/one', '/two/deep'];
  let number = 0;
  const area = (path: string, prefix: boolean): Area => {
    number += 1;
    return {
      name: `area${number}`,
      path,
      prefix,
      policy: random.chance(0.2) ? 'none' : `p${number}`,
    };
  };
  const areas = mounts.map((mount) => area(mount, true));
  for (let count = 1 + random.below(5); count > 0; count--) {
    const path = `${random.pick(areas).path}/${random.pick(WORDS)}`;
    if (!areas.some((other) => other.path === path)) areas.push(area(path, random.chance(0.7)));
  }
  const handlers = ['/nest', '/one-more', '/two'].map((path) => {
    number += 1;
    return { path, policy: random.chance(0.2) ? 'none' : `p${number}` };
  });
  return { mounts, areas, handlers, default: random.chance(0.5) ? 'p30' : 'unset' };
}

/** A target near what the gateway serves, in one or two of the spellings that readers of paths disagree about. */
export function randomTarget(random: Random, { areas, handlers }: GatewaySpec): string {
  const base = random.pick([...areas, ...areas, ...handlers]).path;
  const tail = random.pick([
    '',
    '',
    '/',
    '/x',
    '/x/y',
    '/alpha',
    '-more',
    '/x?next=/one/alpha',
    '/b.c',
  ]);
  let target = `${base}${tail}`;
  for (let count = random.below(3); count > 0; count--) target = respell(target, random);
  return target.startsWith('/') || target.startsWith('http') ? target : `/${target}`;
}

type Spelling = (path: string, random: Random) => string;

const SPELLINGS: readonly Spelling[] = [
  (path) => path.toUpperCase(),
  (path, random) => atRandom(path, random, /[a-z]/g, (letter) => letter.toUpperCase()),
  (path, random) => atRandom(path, random, /[a-z]/g, encoded),
  (path, random) => atRandom(path, random, /[a-z]/g, (letter) => encoded(letter).toUpperCase()),
  (path, random) => atRandom(path, random, /\//g, () => '//'),
  (path, random) => atRandom(path, random, /\//g, () => '/./'),
  (path, random) => atRandom(path, random, /\//g, () => '/x/../'),
  (path, random) => atRandom(path, random, /\//g, () => '/%2e%2e/x/'),
  (path, random) => atRandom(path, random, /\//g, () => '/x/%2E%2e/'),
  (path, random) => atRandom(path, random, /\//g, () => '%2f'),
  (path, random) => atRandom(path, random, /\//g, () => '\\'),
  (path, random) => atRandom(path, random, /\//g, () => '%5c'),
  (path, random) => atRandom(path, random, /\//g, () => ';v=1/'),
  (path, random) => atRandom(path, random, /\//g, () => '/x;v=1/../'),
  (path, random) => atRandom(path, random, /\//g, () => '/x/..;v=1/'),
  (path, random) => atRandom(path, random, /\//g, () => '/x%2Fy/..%2f'),
  (path, random) => atRandom(path, random, /\//g, () => '/x\\y/../'),
  (path, random) => atRandom(path, random, /\//g, () => '//x/../'),
  (path, random) => atRandom(path, random, /\//g, () => '%252f'),
  (path, random) => atRandom(path, random, /\//g, () => '%3fx/'),
  (path, random) => atRandom(path, random, /\//g, () => '%23'),
  (path, random) =>
    atRandom(path, random, /[a-z]/g, (letter) => encoded(letter).replace('%', '%25')),
  (path, random) => atRandom(path, random, /[a-z]/g, (letter) => `${letter}%09`),
  (path, random) => atRandom(path, random, /\//g, () => '%c0%af'),
  (path, random) => atRandom(path, random, /\//g, () => '%00/'),
  (path) => `${path}%00.jpg`,
  (path) => `${path}%2500`,
  (path) => `${path}%0a`,
  (path) => `${path}%20`,
  (path) => `${path}%3Fx`,
  (path) => `${path}%23x`,
  (path) => `${path}/`,
  (path) => `${path};x`,
  (path) => `${path}?y=/../..`,
  (path) => `${path}#/one`,
  (path) => `/${path}`,
  (path) => `//x${path}`,
  (path) => `${path}/..`,
  (path) => (path.startsWith('http') ? path : `http://elsewhere.test${path}`),
];

function respell(path: string, random: Random): string {
  return random.pick(SPELLINGS)(path, random);
}

function encoded(letter: string): string {
  return `%${letter.charCodeAt(0).toString(16)}`;
}

function atRandom(
  path: string,
  random: Random,
  pattern: RegExp,
  replacement: (match: string) => string,
): string {
  const places = [...path.matchAll(pattern)];
  if (places.length === 0) return path;
  const { index, 0: match } = random.pick(places);
  return path.slice(0, index) + replacement(match) + path.slice(index + match.length);
}
