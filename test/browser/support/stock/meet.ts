import type { FetchResult, Page } from 'nestjs-cors/testing';

/** The status, or why the page does not get to see it. */
export async function brief(fetch: Promise<FetchResult>): Promise<number | string> {
  const result = await fetch;
  return result.allowed ? result.status : result.reason;
}

/** The verdict, and a header that was on the wire all the same. */
export async function header(page: Page, name: string): Promise<unknown[]> {
  const result = await page.fetch('/orders');
  const last = result.exchange.at(-1)?.responseHeaders[name];
  return [result.allowed ? result.status : result.reason, last?.join('|')];
}
