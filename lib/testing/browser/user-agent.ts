import type { CookieJar } from '../cookies/cookie-jar.js';
import type { HttpCache } from '../caches/http-cache.js';
import type { PreflightCache } from '../caches/preflight-cache.js';
import type { BrowserProfile } from './profiles.js';
import type { Transport } from '../wire/transport.js';

/** State that the pages of one browser share. */
export interface UserAgent {
  readonly profile: BrowserProfile;
  readonly transport: Transport;
  readonly preflightCache: PreflightCache;
  readonly httpCache: HttpCache;
  readonly cookies: CookieJar;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
