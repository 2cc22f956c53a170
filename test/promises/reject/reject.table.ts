import { type CanActivate, Controller, Get, Injectable, Post, UseGuards } from '@nestjs/common';
import { CorsPolicy } from 'nestjs-cors';
import { EVIL, PARTNER } from '../../support/origins.js';
import type { HeaderLine } from '../../support/raw.js';
import {
  against,
  allowed,
  denied,
  fails,
  get,
  only,
  passes,
  preflight,
  request,
  row,
} from '../../support/row.js';
import type { Expectation, Row } from '../../support/row.js';

let ran = 0;

@Injectable()
class CountingGuard implements CanActivate {
  canActivate(): boolean {
    ran += 1;
    return true;
  }
}

@CorsPolicy('strict')
@Controller('strict')
class StrictController {
  @UseGuards(CountingGuard) @Post() write(): string {
    return 'written';
  }
  @Get() read(): string {
    return 'read';
  }
  @Get('ran') count(): string {
    const before = ran;
    ran = 0;
    return String(before);
  }
}

@CorsPolicy('public')
@Controller('strict-open')
class OpenController {
  @Get() read(): string {
    return 'open';
  }
}

export const controllers = [StrictController, OpenController];

/** Whether the handler ran depends on both. */
const vary = ['origin', 'sec-fetch-site'];
const rejected: Expectation = denied({
  status: 403,
  vary,
  body: '',
  headers: { 'content-length': ['0'] },
});
const passed = denied({ vary, body: 'read' });
const reject = only("denied: 'reject'");
const site = (value: string): HeaderLine => ['Sec-Fetch-Site', value];
const host = (value: string): HeaderLine => ['Host', value];
const strict = (
  name: string,
  origin: string | undefined,
  headers: readonly HeaderLine[],
  expected: Expectation,
): Row => row("denied: 'reject'", name, get('/strict', origin, headers), expected, reject);

export const rows: readonly Row[] = [
  ...against('reject', [
    row(
      "denied: 'reject'",
      'before guard and handler',
      request('POST', '/strict', EVIL),
      rejected,
      reject,
    ),
    row(
      "denied: 'reject'",
      'so that neither has run',
      get('/strict/ran'),
      denied({ vary, body: '0' }),
      reject,
    ),
    strict('a denied origin', EVIL, [], rejected),
    strict('says cross-site', EVIL, [site('cross-site')], rejected),
    strict('says same-site', 'https://other.partner.example', [site('same-site')], rejected),
    strict('says something else', EVIL, [site('Same-Origin')], rejected),
    strict('null without Sec-Fetch-Site', 'null', [], rejected),
    strict(
      'an origin with another port than the host',
      'https://shop.test:8443',
      [host('shop.test')],
      rejected,
    ),
    strict(
      'an origin whose name starts with the host',
      'https://shop.test.evil.test',
      [host('shop.test')],
      rejected,
    ),
    strict(
      'a host that only a proxy names, and none is trusted',
      'https://shop.test',
      [host('10.0.0.7'), ['X-Forwarded-Host', 'shop.test']],
      rejected,
    ),
    strict('several origins', `${PARTNER}, ${EVIL}`, [], rejected),
    strict(
      'passes: an allowed origin',
      PARTNER,
      [site('cross-site')],
      allowed(PARTNER, { vary, body: 'read' }),
    ),
    strict('passes: no Origin', undefined, [], passed),
    strict(
      'passes: no Origin, whatever Sec-Fetch-Site says',
      undefined,
      [site('cross-site')],
      passed,
    ),
    strict('passes: same-origin', 'https://shop.test', [site('same-origin')], passed),
    strict('passes: same-origin with Origin: null', 'null', [site('same-origin')], passed),
    strict('passes: none', 'https://shop.test', [site('none')], passed),
    strict('passes: the host itself', 'https://shop.test', [host('shop.test')], passed),
    strict(
      'passes: the host itself, the scheme is not compared',
      'http://shop.test',
      [host('shop.test')],
      passed,
    ),
    strict('passes: the host and port', 'http://shop.test:8080', [host('shop.test:8080')], passed),
    strict(
      'passes: the default port of the origin’s scheme',
      'https://shop.test',
      [host('shop.test:443')],
      passed,
    ),
    strict('passes: the host in other case', 'https://shop.test', [host('SHOP.test')], passed),
    row(
      "denied: 'reject'",
      'another route has its own policy',
      get('/strict-open', EVIL),
      allowed('*', { body: 'open' }),
    ),
    row(
      "denied: 'reject'",
      'an unrouted path under such a default',
      get('/nowhere', EVIL),
      rejected,
      reject,
    ),
    row(
      "denied: 'reject'",
      'and for its origins the 404',
      get('/nowhere', PARTNER),
      allowed(PARTNER, { vary, status: 404 }),
      reject,
    ),
    row(
      "denied: 'reject'",
      'a preflight passes as ever',
      preflight('/strict', 'POST', PARTNER),
      passes({ origin: PARTNER, methods: 'GET, HEAD, POST' }),
    ),
    row(
      "denied: 'reject'",
      'a preflight fails as ever',
      preflight('/strict', 'POST', EVIL),
      fails(),
    ),
  ]),
  ...against('proxied', [
    strict(
      'behind a trusted proxy: the host that it names',
      'https://shop.test',
      [host('10.0.0.7'), ['X-Forwarded-Host', 'shop.test']],
      passed,
    ),
    strict(
      'behind a trusted proxy: another host',
      EVIL,
      [host('10.0.0.7'), ['X-Forwarded-Host', 'shop.test']],
      rejected,
    ),
    strict(
      'behind a trusted proxy: not the one of the upstream',
      'https://10-0-0-7.test',
      [host('10-0-0-7.test'), ['X-Forwarded-Host', 'shop.test']],
      rejected,
    ),
  ]),
];
