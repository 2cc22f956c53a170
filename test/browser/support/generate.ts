import { Random } from './random.js';
import type { PlannedAnswer, PlannedFetch, PlannedResource, Scenario } from './scenario.js';

/** Pages by the origin that they send. */
export const PAGES: Readonly<Record<string, string>> = {
  'http://app.page.test': 'http://app.page.test/page',
  'http://localhost': 'http://localhost/page',
  null: 'http://app.page.test/page/sandboxed',
};

const HOSTS = [
  'http://api.other.test',
  'http://cdn.third.test',
  'http://api.page.test',
  'http://api.localhost',
];

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY', 'put'];

const HEADERS: readonly (readonly [string, string])[] = [
  ['X-A', '1'],
  ['x-b', '2'],
  ['Authorization', 'Bearer t'],
  ['Content-Type', 'application/json'],
  ['Content-Type', 'text/plain;charset=UTF-8'],
  ['Content-Type', 'text/plain, application/json'],
  ['Content-Type', 'Multipart/Form-Data; boundary=x'],
  ['Content-Type', 'text/plain; x="y"'],
  ['Content-Type', ''],
  ['Accept', 'application/json'],
  ['Accept', 'text/"x"'],
  ['Accept', 'a'.repeat(128)],
  ['Accept', 'a'.repeat(129)],
  ['Accept-Language', 'en, de;q=0.5'],
  ['Accept-Language', 'en@x'],
  ['Content-Language', 'de'],
  ['Range', 'bytes=3-0'],
  ['Save-Data', 'on'],
  ['Save-Data', 'off'],
  ['User-Agent', 'none'],
  ['Last-Event-ID', '7'],
  ['If-None-Match', '"script"'],
  ['Cookie', 'never=1'],
  ['DNT', '1'],
  ['X-HTTP-Method-Override', 'get, trace'],
  ['X-HTTP-Method-Override', 'PUT'],
];

/** Random page, fetches and server, drawn so that most checks are reached: nearly right, then perhaps spoilt. */
export function generateScenario(seed: number): Scenario {
  return new Generator(seed).scenario();
}

class Generator {
  readonly #random: Random;
  readonly #id: string;

  constructor(seed: number) {
    this.#random = new Random(seed);
    this.#id = seed.toString(36);
  }

  scenario(): Scenario {
    const random = this.#random;
    const origin = random.pick(Object.keys(PAGES));
    const chains = random.chance(0.7) ? 1 : 2;
    const resources = new Map<string, PlannedResource>();
    const urls = Array.from({ length: chains }, (_, chain) =>
      this.#chain(origin, chain, random.chance(0.6) ? 0 : 1 + random.below(3), resources),
    );
    const length = 1 + random.below(4);
    const first = this.#fetch(random.pick(urls));
    const fetches = [first];
    while (fetches.length < length) {
      fetches.push(random.chance(0.3) ? first : this.#variation(first, random.pick(urls)));
    }
    return { page: origin, fetches: fetches.map(withoutQuirk), resources };
  }

  /** Resources that redirect to one another; returns the URL of the first. */
  #chain(
    page: string,
    chain: number,
    redirects: number,
    resources: Map<string, PlannedResource>,
  ): string {
    const random = this.#random;
    const own = page === 'null' ? 'http://app.page.test' : page;
    const bases = Array.from({ length: redirects + 1 }, () =>
      random.chance(0.2) ? own : random.pick(HOSTS),
    );
    const paths = bases.map((_, hop) => {
      const padding = random.chance(0.04) ? `?${'p'.repeat(900 + random.below(200))}` : '';
      return `/r/${this.#id}/${chain}/${hop}${padding}`;
    });
    const urls = bases.map((base, hop) => `${base}${paths[hop]}`);
    paths.forEach((path, hop) => {
      const sent = isTainted(bases.slice(0, hop + 1), page) ? 'null' : page;
      resources.set(path, this.#resource(sent, urls[hop + 1]));
    });
    return urls[0] ?? '';
  }

  #resource(sent: string, location: string | undefined): PlannedResource {
    const random = this.#random;
    const credentials = random.chance(0.7);
    const isOk = location !== undefined || random.chance(0.9);
    const status = isOk
      ? random.pick([200, 204, 201])
      : random.pick([206, 226, 299, 300, 301, 304, 307, 400, 404, 500]);
    const preflightLocation = random.chance(0.5) ? [['Location', '/elsewhere'] as const] : [];
    return {
      preflight: {
        status,
        headers: [
          ...this.#allowOrigin(sent, credentials),
          ...this.#allowMethods(),
          ...this.#allowHeaders(),
          ...this.#maxAge(),
          ...(status >= 300 ? preflightLocation : []),
        ],
      },
      actual: this.#actual(sent, credentials, location),
    };
  }

  #actual(origin: string, credentials: boolean, location: string | undefined): PlannedAnswer {
    const random = this.#random;
    const headers = [
      ...this.#allowOrigin(origin, credentials),
      ...this.#exposeHeaders(),
      ...this.#caching(),
      ...this.#cookies(),
      ...this.#resourcePolicy(),
      ['Content-Type', random.pick(['text/plain', 'image/png'])] as const,
    ];
    if (location === undefined) {
      return { status: random.pick([200, 200, 200, 201, 203, 404, 410, 418, 500, 503]), headers };
    }
    const status = random.pick([301, 302, 303, 307, 308]);
    const target = this.#spoil(location);
    return { status, headers: target === undefined ? headers : [...headers, ['Location', target]] };
  }

  #spoil(location: string): string | undefined {
    const random = this.#random;
    if (random.chance(0.88)) return location;
    return random.pick([
      undefined,
      location.replace('://', '://user:pass@'),
      location.replace('://', '://user@'),
      location.replace('http:', 'ftp:'),
      'data:text/plain,x',
      'http://[broken',
      new URL(location).pathname + new URL(location).search,
      `${location}#fragment`,
    ]);
  }

  #allowOrigin(origin: string, credentials: boolean): (readonly [string, string])[] {
    const random = this.#random;
    const name = 'Access-Control-Allow-Origin';
    const right = random.chance(0.8) ? origin : '*';
    const allow = random.chance(0.92)
      ? [right]
      : random.pick<string[]>([
          [],
          [origin, origin],
          [`${origin}, ${origin}`],
          [''],
          [`${origin}/`],
          [origin.toUpperCase()],
          ['null'],
          ['http://nobody.test'],
          ['true'],
          ['http://'],
          [`  ${origin}\t`],
          ['* '],
          [`${origin} *`],
          ['*, *'],
        ]);
    const allowed = allow.map((value) => [name, value] as const);
    const flags = random.chance(0.93)
      ? credentials
        ? ['true']
        : []
      : random.pick<string[]>([['True'], ['true', 'true'], ['false'], [' true '], ['true,'], ['']]);
    return [...allowed, ...flags.map((v) => ['Access-Control-Allow-Credentials', v] as const)];
  }

  #allowMethods(): (readonly [string, string])[] {
    return this.#lines('Access-Control-Allow-Methods', [
      ['PUT, PATCH, DELETE, OPTIONS, QUERY'],
      ['PUT,PATCH', 'DELETE,OPTIONS'],
      ['*'],
      ['*, PUT'],
      ['PUT'],
      ['put, patch, delete'],
      [',, PUT ,\tPATCH,'],
      ['PUT, "PATCH"'],
      ['PUT PATCH'],
      [''],
      ['PUT, @'],
      ['GET, POST, HEAD'],
      ['PUT;DELETE'],
      [],
    ]);
  }

  #allowHeaders(): (readonly [string, string])[] {
    const all =
      'x-a, X-B, Authorization, content-type, accept, accept-language, range, save-data, dpr, last-event-id, if-none-match, x-http-method-override';
    return this.#lines('Access-Control-Allow-Headers', [
      [all],
      ['x-a, x-b', all],
      ['*'],
      ['*, authorization'],
      ['x-a'],
      ['X-A,content-type'],
      [`,, ${all},`],
      ['x-a, "x-b"'],
      ['x-a x-b'],
      [''],
      [`${all}, bad name`],
      [],
    ]);
  }

  #exposeHeaders(): (readonly [string, string])[] {
    return this.#lines('Access-Control-Expose-Headers', [
      [],
      ['x-one'],
      ['X-One, X-TWO, set-cookie'],
      ['*'],
      ['*, x-one'],
      ['x-one', 'x-two'],
      ['x-one, "x-two"'],
      ['x-one x-two'],
      ['x-one,, ,x-two'],
      [''],
    ]);
  }

  #maxAge(): (readonly [string, string])[] {
    const bad = [['0'], ['-1'], ['abc'], ['1.5'], ['60', '60'], ['']];
    const odd = [['99999999999999999999'], ['+5'], ['-99999999999999999999'], ['0600'], ['-0']];
    return this.#lines('Access-Control-Max-Age', [['600'], [], ['7200'], ...bad, ...odd]);
  }

  /** The first choice half of the time. */
  #lines(name: string, choices: readonly string[][]): (readonly [string, string])[] {
    const [first = []] = choices;
    const values = this.#random.chance(0.7) ? first : this.#random.pick(choices);
    return values.map((value) => [name, value] as const);
  }

  #caching(): (readonly [string, string])[] {
    const random = this.#random;
    if (random.chance(0.7)) return [['Cache-Control', 'no-store']];
    const control = random.pick(['max-age=600', 'max-age=0', 'no-cache', 'private, max-age=600']);
    const vary = random.pick([[], ['Origin'], ['Origin, Accept'], ['*'], ['X-A']]);
    const etag = random.chance(0.5) ? [['ETag', `"${this.#id}"`] as const] : [];
    return [['Cache-Control', control], ...etag, ...vary.map((v) => ['Vary', v] as const)];
  }

  #cookies(): (readonly [string, string])[] {
    if (this.#random.chance(0.8)) return [];
    const name = `c${this.#random.below(3)}${this.#id}`;
    const attributes = this.#random.pick([
      '',
      '; SameSite=Lax; HttpOnly',
      '; SameSite=None',
      '; SameSite=Strict',
      '; Domain=page.test',
      '; Domain=other.test',
      '; Max-Age=0',
      '; Path=/nowhere',
      '; Secure',
    ]);
    return [['Set-Cookie', `${name}=v; Path=/r/${this.#id}${attributes}`]];
  }

  #resourcePolicy(): (readonly [string, string])[] {
    if (this.#random.chance(0.8)) return [];
    const values = ['same-origin', 'same-site', 'cross-origin', 'Same-Origin'];
    return [['Cross-Origin-Resource-Policy', this.#random.pick(values)]];
  }

  #fetch(url: string): PlannedFetch {
    const random = this.#random;
    const method = random.pick(METHODS);
    const mode = random.chance(0.9) ? 'cors' : random.pick(['no-cors', 'same-origin'] as const);
    return {
      url,
      method: mode === 'no-cors' && random.chance(0.9) ? random.pick(['GET', 'POST']) : method,
      headers: random.chance(0.3) ? [] : random.some(HEADERS, 0.08),
      mode,
      credentials: random.pick(['omit', 'same-origin', 'include', 'include']),
      redirect: random.chance(0.9) ? 'follow' : random.pick(['error', 'manual']),
      cache: random.chance(0.85)
        ? 'default'
        : random.pick(['no-store', 'reload', 'no-cache', 'force-cache']),
      body: this.#body(),
    };
  }

  #body(): PlannedFetch['body'] {
    const random = this.#random;
    if (random.chance(0.6)) return null;
    return { kind: random.pick(['text', 'form', 'bytes'] as const), value: 'a=1' };
  }

  /** The same fetch with one thing changed, to meet what the caches remember. */
  #variation(first: PlannedFetch, url: string): PlannedFetch {
    const other = this.#fetch(url);
    const change = this.#random.pick(['method', 'headers', 'credentials', 'cache', 'url'] as const);
    return { ...first, [change]: other[change] };
  }
}

/** Whether a chain through these origins has left one that was not the page's; written down again, to compare with. */
function isTainted(origins: readonly string[], page: string): boolean {
  return origins.some((origin, index) => {
    const previous = origins[index - 1];
    return previous !== undefined && previous !== origin && previous !== page;
  });
}

/**
 * Where a `no-cors` request leaves the page's origin and returns, Chromium goes on sending the cookies that `same-origin`
 * gave it at first; Fetch does not.
 */
function withoutQuirk(planned: PlannedFetch): PlannedFetch {
  const isQuirky = planned.mode === 'no-cors' && planned.credentials === 'same-origin';
  return isQuirky ? { ...planned, credentials: 'include' } : planned;
}
