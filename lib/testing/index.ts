export { browser, type Browser, type BrowserOptions, type PageOptions } from './browser/browser.js';
export type { CookieJar } from './cookies/cookie-jar.js';
export type { CookieRefusal, RefusedCookie } from './cookies/refusal.js';
export type { CorsErrorName } from './checks/cors-error.js';
export type { FetchBody, FetchInit } from './fetch/fetch-init.js';
export type { AllowedFetch, BlockedFetch, FetchResult, WireRequest } from './fetch/fetch-result.js';
export { corsMatchers, type CorsMatchers, type MatcherResult } from './report/matchers.js';
export type { Explain, Explanation } from './report/messages.js';
export type { Page } from './browser/page.js';
export {
  profiles,
  type BrowserProfile,
  type CacheMode,
  type PreflightCacheProfile,
  type ProfileName,
} from './browser/profiles.js';
export type { BrowserTarget, NestApplicationLike } from './wire/target.js';
