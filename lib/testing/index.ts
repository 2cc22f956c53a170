export { browser, type Browser, type BrowserOptions, type PageOptions } from './browser.js';
export type { CookieJar } from './cookie-jar.js';
export type { CorsErrorName } from './cors-error.js';
export type { FetchBody, FetchInit } from './fetch-init.js';
export type { AllowedFetch, BlockedFetch, FetchResult, WireRequest } from './fetch-result.js';
export { corsMatchers, type CorsMatchers, type MatcherResult } from './matchers.js';
export type { Explain, Explanation } from './messages.js';
export type { Page } from './page.js';
export {
  profiles,
  type BrowserProfile,
  type CacheMode,
  type PreflightCacheProfile,
  type ProfileName,
} from './profiles.js';
export type { BrowserTarget, NestApplicationLike } from './target.js';
