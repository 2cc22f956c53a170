import { Controller, Get, type INestApplication, Put, type Type } from '@nestjs/common';
import { CorsModule, CorsPolicy, type CorsPolicyOptions } from 'nestjs-cors';
import { describeInChromium } from './support/chromium.js';
import { createNest, PLATFORMS, type Platform } from './support/nest-app.js';
import type { PlannedFetch } from './support/scenario.js';
import type { Stage } from './support/stage.js';
import { Theatre } from './support/theatre.js';

/** A page of the API's own site. */
const LISTED = 'http://app.shop.test';
const STRANGER = 'http://page.example';
const NEITHER = 'http://c.example';

const dangerouslyAllow = ['insecure-origin-with-credentials'] as const;
const POLICIES: Readonly<Record<string, CorsPolicyOptions>> = {
  public: { origin: '*', credentials: [LISTED], dangerouslyAllow },
  some: { origin: [LISTED, STRANGER], credentials: [LISTED], dangerouslyAllow },
};

function controllerUnder(path: string, policy: CorsPolicyOptions): Type {
  @CorsPolicy(policy)
  @Controller(path)
  class ListController {
    @Get() read(): string {
      return 'read';
    }
    @Put() write(): string {
      return 'written';
    }
  }
  return ListController;
}

function createApplication(platform: Platform): Promise<INestApplication> {
  return createNest(platform, {
    imports: [CorsModule.forRoot({})],
    controllers: Object.entries(POLICIES).map(([path, policy]) => controllerUnder(path, policy)),
  });
}

const without: Partial<PlannedFetch> = { credentials: 'omit' };
const withThem: Partial<PlannedFetch> = { credentials: 'include' };
const put = (init: Partial<PlannedFetch>): Partial<PlannedFetch> => ({ ...init, method: 'PUT' });

const READ = '200 cors';
const NO_WILDCARD = 'blocked: WildcardOriginNotAllowed';
const NO_CREDENTIALS = 'blocked: InvalidAllowCredentials';
const NO_PREFLIGHT_WILDCARD = 'blocked: PreflightWildcardOriginNotAllowed';
const NO_PREFLIGHT_CREDENTIALS = 'blocked: PreflightInvalidAllowCredentials';

/** Some fetches of one page in one browser, so that the later ones meet what the caches keep of the earlier ones. */
const ROWS: readonly [
  title: string,
  page: string,
  path: string,
  fetches: readonly Partial<PlannedFetch>[],
  expected: readonly string[],
][] = [
  [
    'a stranger reads without and not with credentials',
    STRANGER,
    '/public',
    [without, withThem],
    [READ, NO_WILDCARD],
  ],
  ['and in the other order', STRANGER, '/public', [withThem, without], [NO_WILDCARD, READ]],
  ['the listed site reads with both', LISTED, '/public', [without, withThem], [READ, READ]],
  ['and in the other order', LISTED, '/public', [withThem, without], [READ, READ]],
  [
    'a preflight of a stranger without credentials does not do for a request with them',
    STRANGER,
    '/public',
    [put(without), put(withThem), put(without)],
    [READ, NO_PREFLIGHT_WILDCARD, READ],
  ],
  [
    'nor does one with them spoil the request without',
    STRANGER,
    '/public',
    [put(withThem), put(without), put(withThem)],
    [NO_PREFLIGHT_WILDCARD, READ, NO_PREFLIGHT_WILDCARD],
  ],
  [
    'preflights of either kind pass for the listed site',
    LISTED,
    '/public',
    [put(without), put(withThem), put(without)],
    [READ, READ, READ],
  ],
  [
    'and in the other order',
    LISTED,
    '/public',
    [put(withThem), put(without), put(withThem)],
    [READ, READ, READ],
  ],
  [
    'of two origins, the one that is not listed',
    STRANGER,
    '/some',
    [without, withThem, put(without), put(withThem), put(without)],
    [READ, NO_CREDENTIALS, READ, NO_PREFLIGHT_CREDENTIALS, READ],
  ],
  [
    'of two origins, the one that is',
    LISTED,
    '/some',
    [put(withThem), put(without), withThem, without],
    [READ, READ, READ, READ],
  ],
  [
    'neither of the two',
    NEITHER,
    '/some',
    [without, withThem, put(without)],
    [
      'blocked: MissingAllowOriginHeader',
      'blocked: MissingAllowOriginHeader',
      'blocked: PreflightMissingAllowOriginHeader',
    ],
  ],
];

describeInChromium('lists of credentials in Chromium', (executablePath) => {
  let theatre: Theatre | undefined;

  beforeAll(async () => {
    theatre = await Theatre.open(executablePath, createApplication);
  }, 300_000);

  afterAll(() => theatre?.close());

  describe.each(PLATFORMS)('on %s', (platform) => {
    const onStage = async (play: (stage: Stage) => Promise<void>): Promise<void> => {
      const stage = await (theatre as Theatre).stage(platform);
      try {
        await play(stage);
      } finally {
        await stage.close();
      }
    };

    it.each(ROWS)(
      '%s (%s, %s)',
      (_title, origin, path, fetches, expected) =>
        onStage(async (stage) => {
          const page = await stage.page(origin);
          const seen: string[] = [];
          for (const init of fetches) seen.push(await stage.fetch(page, path, init));
          expect(seen).toEqual(expected);
        }),
      60_000,
    );

    it(
      'pages in one browser, one after the other, each get an answer of their own',
      () =>
        onStage(async (stage) => {
          const seen: string[] = [];
          for (const origin of [LISTED, STRANGER, LISTED, NEITHER]) {
            const page = await stage.page(origin);
            for (const init of [put(withThem), put(without), withThem, without])
              seen.push(await stage.fetch(page, '/public', init));
          }
          const listed = [READ, READ, READ, READ];
          const stranger = [NO_PREFLIGHT_WILDCARD, READ, NO_WILDCARD, READ];
          expect(seen).toEqual([...listed, ...stranger, ...listed, ...stranger]);
        }),
      60_000,
    );
  });
});
