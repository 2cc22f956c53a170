import { CookieJar } from '../cookies/cookie-jar.js';
import { HttpCache } from '../caches/http-cache.js';
import { explainByInspector } from '../report/inspector.js';
import type { Explain } from '../report/messages.js';
import { assertPageOrigin, OPAQUE, siteOf } from '../fetch/origin.js';
import { Page } from './page.js';
import { createPreflightCache } from '../caches/preflight-cache.js';
import { profiles, type BrowserProfile, type ProfileName } from './profiles.js';
import type { BrowserTarget } from '../wire/target.js';
import { Transport } from '../wire/transport.js';
import type { UserAgent } from './user-agent.js';

export interface BrowserOptions {
  /**
   * The engine to behave as, or a profile of your own.
   *
   * @default 'chromium'
   */
  readonly profile?: ProfileName | BrowserProfile;
  /**
   * The base of relative URLs.
   *
   * @default 'http://api.test', or the target itself where that is a URL
   */
  readonly apiOrigin?: string;
  /** Other targets for some origins, such as `{ 'https://files.example.com': filesApp }`. */
  readonly hosts?: Readonly<Record<string, BrowserTarget>>;
  /**
   * Names the policy behind a URL, for the messages of blocked fetches.
   *
   * @default what the application's own `CorsInspector` says, where the target is a Nest application that has one
   */
  readonly explain?: Explain;
  /**
   * The browser's clock, in milliseconds since 1970: move it to see caches and cookies expire.
   *
   * @default Date.now
   */
  readonly now?: () => number;
}

export interface PageOptions {
  /**
   * Pages with the same partition share the HTTP cache and the preflight cache.
   *
   * @default the page's site, guessed as the scheme and the last two labels of its host; opaque pages share nothing
   */
  readonly partition?: string;
}

/** A browser whose every request, to whatever host, ends up at the application under test. */
export class Browser {
  /** Cookies that the sites have stored; shared by all pages. */
  readonly cookies: CookieJar;
  readonly #agent: UserAgent;
  readonly #apiOrigin: string;
  readonly #explain: Explain | undefined;
  #opaquePages = 0;

  /** @internal Use {@link browser}. */
  constructor(target: BrowserTarget, options: BrowserOptions) {
    const { profile = 'chromium', hosts = {}, now = Date.now } = options;
    const engine = typeof profile === 'string' ? profiles[profile] : profile;
    this.#explain = options.explain ?? explainByInspector(target);
    this.#apiOrigin =
      options.apiOrigin ?? (typeof target === 'string' ? target : 'http://api.test');
    this.cookies = new CookieJar(now);
    this.#agent = {
      profile: engine,
      transport: new Transport(target, hosts),
      preflightCache: createPreflightCache(
        engine.preflightCache,
        engine.wildcardCoversAuthorization,
        now,
      ),
      httpCache: new HttpCache(),
      cookies: this.cookies,
      now,
    };
  }

  /**
   * Opens a page.
   *
   * @param origin as its `Origin` header says: `https://app.example.com`; `'null'` for sandboxed frames, `data:` and
   * `file:` documents
   */
  page(origin: string, options: PageOptions = {}): Page {
    assertPageOrigin(origin);
    const site = origin === OPAQUE ? `opaque ${++this.#opaquePages}` : siteOf(origin);
    const identity = { origin, partition: options.partition ?? site };
    return new Page(identity, this.#agent, this.#apiOrigin, this.#explain);
  }

  /** Hangs up what is still streaming and closes the servers that were opened to reach the application. */
  close(): Promise<void> {
    return this.#agent.transport.close();
  }
}

/**
 * Starts a simulated browser in front of an application.
 *
 * @example
 * ```ts
 * const web = browser(app, { profile: 'webkit' });
 * const page = web.page('https://app.example.com');
 * const result = await page.fetch('/orders/7', { method: 'PUT', credentials: 'include' });
 * expect(result).toBeReadable();
 * await web.close();
 * ```
 */
export function browser(target: BrowserTarget, options: BrowserOptions = {}): Browser {
  return new Browser(target, options);
}
