import type { CookieJar } from './cookie-jar.js';
import type { HttpCache } from './http-cache.js';
import type { PreflightCache } from './preflight-cache.js';
import type { BrowserProfile } from './profiles.js';
import type { Transport } from './transport.js';

/** What the pages of one browser share. */
export interface UserAgent {
  readonly profile: BrowserProfile;
  readonly transport: Transport;
  readonly preflightCache: PreflightCache;
  readonly httpCache: HttpCache;
  readonly cookies: CookieJar;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
