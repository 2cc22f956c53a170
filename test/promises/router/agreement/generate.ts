import { VersioningType } from '@nestjs/common';
import type { ApplicationSpec, ControllerSpec, HandlerSpec } from './application.js';
import type { Random } from '../../../support/random.js';

export type PlatformName = 'express' | 'fastify';

const METHODS = ['GET', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'ALL'];
const SEGMENTS = ['a', 'b', 'A', 'items', 'a.b', 'x-y', ':id', ':id', ':other', 'v1'];
/** Router settings that change which target reaches which route; each is on once in a while. */
const SETTINGS = {
  express: ['case sensitive routing', 'strict routing'],
  fastify: [
    'ignoreTrailingSlash',
    'ignoreDuplicateSlashes',
    'useSemicolonDelimiter',
    'caseInsensitive',
  ],
};

const HOSTS = [undefined, undefined, undefined, 'one.test', ':sub.two.test'];

/** A random application: overlapping static, parametrised and wildcard paths over several controllers. */
export function randomApplication(random: Random, platform: PlatformName): ApplicationSpec {
  const taken = new Set<string>();
  let handlers = 0;
  const controllers: ControllerSpec[] = [];
  for (let count = 2 + random.below(4); count > 0; count--) {
    const path = randomPath(random, 2);
    const host = random.pick(HOSTS);
    const specs: HandlerSpec[] = [];
    for (let tries = 1 + random.below(6); tries > 0; tries--) {
      const method = random.pick(METHODS);
      const own = randomPath(random, 2, platform === 'express' ? '*rest' : '*');
      if (platform === 'fastify' && !claim(taken, method, `${path}/${own}`)) continue;
      specs.push({ name: `h${handlers++}`, method, path: own, policy: randomPolicy(random) });
    }
    const version = random.chance(0.2) ? '1' : undefined;
    controllers.push({
      path: random.chance(0.1) && platform === 'express' ? [path, `other/${path}`] : path,
      ...(host && { host }),
      ...(version && { version }),
      policy: randomPolicy(random),
      handlers: specs,
    });
  }
  return {
    controllers,
    default: random.chance(0.3) ? 'unset' : 'p40',
    ...(random.chance(0.3) && { prefix: { path: 'api', exclude: ['a', 'items/:id'] } }),
    ...(random.chance(0.4) && { versioning: { type: VersioningType.URI } }),
    ...(random.chance(0.2) && { modulePath: 'mod' }),
    settings: Object.fromEntries(SETTINGS[platform].map((name) => [name, random.chance(0.2)])),
    bySpecificity: random.chance(0.2),
  };
}

function randomPath(random: Random, longest: number, wildcard?: string): string {
  const segments = Array.from({ length: random.below(longest + 1) }, () => random.pick(SEGMENTS));
  if (wildcard !== undefined && random.chance(0.1)) segments.push(wildcard);
  return uniqueParams(segments).join('/');
}

function uniqueParams(segments: string[]): string[] {
  return segments.map((segment, index) =>
    segment.startsWith(':') ? `${segment}${index}` : segment,
  );
}

function randomPolicy(random: Random): string {
  return random.pick([
    'unset',
    'unset',
    'none',
    `p${1 + random.below(5)}`,
    `p${1 + random.below(39)}`,
  ]);
}

/** Fastify refuses two routes of one shape; `ALL` is every method. */
function claim(taken: Set<string>, method: string, path: string): boolean {
  const shape = path
    .replace(/:\w+/g, ':')
    .replace(/\*rest/, '*')
    .replace(/\/+/g, '/')
    .replace(/\/$/, '');
  const names =
    method === 'ALL' ? ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] : [method];
  if (method === 'GET') names.push('HEAD');
  if (names.some((name) => taken.has(`${name} ${shape}`))) return false;
  names.forEach((name) => taken.add(`${name} ${shape}`));
  return true;
}

const VALUES = [
  '7',
  'a',
  'b',
  'items',
  'A',
  '%61',
  'a%2Fb',
  'x;y',
  '..',
  '.',
  '%2e%2e',
  '',
  'a.b',
  'ü'.normalize(),
  '%zz',
  '%25',
];

/** A request target near the application's routes, in any of the spellings that routers disagree about. */
export function randomTarget(random: Random, spec: ApplicationSpec): string {
  const controller = random.pick(spec.controllers);
  const handler = controller.handlers.length > 0 ? random.pick(controller.handlers).path : '';
  const prefix = random.chance(0.7) ? (spec.prefix?.path ?? '') : '';
  const version = random.chance(0.7) && controller.version && spec.versioning ? 'v1' : '';
  const module = random.chance(0.8) ? (spec.modulePath ?? '') : '';
  const base = Array.isArray(controller.path) ? random.pick(controller.path) : controller.path;
  const parts = [prefix, version, module, ...base.split('/'), ...handler.split('/')].filter(
    (part) => part !== '',
  );
  const path = `/${parts.map((part) => fill(part, random)).join('/')}`;
  return respell(encodeLatin(path), random);
}

function fill(part: string, random: Random): string {
  if (part.startsWith('*')) return random.pick(['x', 'x/y', '', 'a/b/c']);
  return part.startsWith(':') || random.chance(0.08) ? random.pick(VALUES) : part;
}

/** Node's client sends ASCII; the server sees bytes either way. */
function encodeLatin(path: string): string {
  return path.replace(/[^\x21-\x7e]/g, (character) => encodeURIComponent(character));
}

function respell(path: string, random: Random): string {
  switch (random.below(12)) {
    case 0:
      return path.toUpperCase();
    case 1:
      return `${path}/`;
    case 2:
      return `/${path}`;
    case 3:
      return path.replace(/[a-z]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`);
    case 4:
      return `${path}?q=/a/b`;
    case 5:
      return path.replace('/', '/./');
    case 6:
      return `http://elsewhere.test${path}`;
    case 7:
      return path.replace(/\/([^/]*)$/, '//$1');
    case 8:
      return `${path};x=1`;
    default:
      return path;
  }
}
