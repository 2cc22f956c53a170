import { preflight, request } from '../../../support/requests.js';
import type { Random } from '../../../support/random.js';
import type { PlatformName } from '../../../support/platforms.js';
import type { RawRequest } from '../../../support/raw.js';
import { ORIGINS as KNOWN } from '../../manifest/random/configuration.js';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'];

const PATHS = [
  '/',
  '/a',
  '/a/',
  '/a/new',
  '/a/7',
  '/a/new/',
  '/other',
  '/other/',
  '/b/1/c',
  '/b/y/c',
  '/b/y/z',
  '/b/y',
  '/b/y/',
  '/files',
  '/files/',
  '/files/x',
  '/files/x/y',
  '/raw',
  '/raw/',
  '/raw/deep/er',
  '/raw?next=/a',
  '/a/%C3%A9',
  '/a/b%20c',
  '/A',
  '/a/NEW',
  '/FILES/x',
  '/RAW/x',
];

/** Forms that routers or services may read in different ways. */
const DISPUTED = [
  '//a',
  '/a//new',
  '/a/%6eew',
  '/a/%2e%2e/raw',
  '/a/../raw',
  '/a/./new',
  '/a%2Fnew',
  '/raw;v=1',
  '/raw/%2e',
  '/%72aw',
  '/raw/%00',
  '/raw%5cx',
  '/files/%zz',
  '/a/new%20',
  '/RAW',
  '/Files/X',
];

const ORIGINS = [
  ...KNOWN,
  'null',
  'https://A.example',
  'https://a.example:443',
  'https://a.example:65536',
  'https://a.example.',
  'https://evila.example',
  'https://x.a.example.evil.test',
  'http://a.example',
  'http://localhost',
];

/** An empty list is no list: no browser sends one. */
const HEADERS = [undefined, undefined, 'x-a', 'X-A', 'x-b,x-a', 'x-c', 'x-a, x-b', 'x a', ',x-a,'];

const SITES = [undefined, undefined, undefined, 'same-origin', 'cross-site', 'none'];

/** A request that reads in one way only. */
export function randomRequest(random: Random, platform: PlatformName): RawRequest {
  const paths = platform === 'fastify' ? PATHS.filter((path) => !mayBeEmptied(path)) : PATHS;
  return requestFor(random, random.pick(paths));
}

/** A request whose path is read in different ways by some. */
export function disputedRequest(random: Random): RawRequest {
  return requestFor(random, random.pick([...DISPUTED, ...PATHS.filter(mayBeEmptied)]));
}

/** Behind a trailing slash a parameter of Fastify's may be empty: routed for requests, and not for preflights. */
function mayBeEmptied(path: string): boolean {
  return path.endsWith('/');
}

function requestFor(random: Random, path: string): RawRequest {
  const method = random.pick(METHODS);
  const origin = random.pick(ORIGINS);
  if (random.chance(0.5)) return preflight(path, method, origin, random.pick(HEADERS));
  const site = random.pick(SITES);
  const further = site === undefined ? [] : [['Sec-Fetch-Site', site] as const];
  return request(method, path, random.chance(0.15) ? undefined : origin, further);
}
