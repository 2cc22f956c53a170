import { CODES, type IssueLevel } from '../../../../../lib/config/issues/codes.js';
import {
  loadPublicSuffixOf,
  type PublicSuffixOf,
} from '../../../../../lib/config/origins/risk/public-suffix.js';
import { parseOriginPattern } from '../../../../../lib/config/origins/origin-pattern.js';
import {
  riskyOriginIssues,
  type OriginContext,
  type OriginShape,
  type RiskyOriginCode,
  type RiskyOriginIssue,
} from '../../../../../lib/config/origins/risk/risky-origins.js';

const PLAIN: OriginContext = { credentials: false, production: false };
const CREDENTIALS: OriginContext = { credentials: true, production: false };
const PRODUCTION: OriginContext = { credentials: false, production: true };
const BOTH: OriginContext = { credentials: true, production: true };

function levelOf({ code, harmless }: RiskyOriginIssue): IssueLevel {
  return harmless ? 'warning' : CODES[code].level;
}

let publicSuffixOf: PublicSuffixOf | undefined;

beforeAll(() => {
  publicSuffixOf = loadPublicSuffixOf();
});

function shapeOf(source: string): OriginShape {
  const { pattern } = parseOriginPattern(source);
  if (pattern === undefined) throw new Error(`${source} is not an origin pattern`);
  return pattern;
}

function issuesOf(source: string, context: OriginContext): string[] {
  return riskyOriginIssues(shapeOf(source), context, publicSuffixOf).map(
    (issue) => `${issue.code} ${levelOf(issue)}`,
  );
}

function codesWithoutList(source: string): RiskyOriginCode[] {
  return riskyOriginIssues(shapeOf(source), PLAIN, undefined).map(({ code }) => code);
}

describe('riskyOriginIssues', () => {
  const risky: [
    code: RiskyOriginCode,
    level: IssueLevel,
    source: string,
    context: OriginContext,
  ][] = [
    ['insecure-origin-with-credentials', 'danger', 'http://app.example.com', CREDENTIALS],
    ['insecure-origin-with-credentials', 'danger', 'http://10.0.0.7:8080', CREDENTIALS],
    ['insecure-origin-with-credentials', 'danger', 'http://localhost.example.com', CREDENTIALS],
    ['public-suffix-wildcard', 'danger', 'https://*.github.io', CREDENTIALS],
    ['public-suffix-wildcard', 'warning', 'https://*.github.io', PLAIN],
    ['public-suffix-wildcard', 'danger', 'https://*.vercel.app', CREDENTIALS],
    ['public-suffix-wildcard', 'danger', 'https://*.com', CREDENTIALS],
    ['public-suffix-wildcard', 'danger', 'https://*.co.uk:*', CREDENTIALS],
    ['public-suffix-wildcard', 'danger', 'https://*.ck', CREDENTIALS],
    ['public-suffix-wildcard', 'danger', 'https://*.cloudapp.azure.com', CREDENTIALS],
    ['public-suffix-wildcard', 'danger', 'https://*.amazonaws.com', CREDENTIALS],
    ['public-suffix-wildcard', 'danger', 'https://*.eu-west-1.amazonaws.com', CREDENTIALS],
    ['public-suffix-wildcard', 'danger', 'https://*.nip.io', CREDENTIALS],
    ['public-suffix-wildcard', 'danger', 'https://*.10.0.0.1.sslip.io', CREDENTIALS],
    ['public-suffix-wildcard', 'danger', 'https://*.wordpress.com', CREDENTIALS],
    ['public-suffix-wildcard', 'danger', 'https://*.weebly.com', CREDENTIALS],
    ['public-suffix-wildcard', 'danger', 'https://*.app.github.dev', CREDENTIALS],
    ['public-suffix-wildcard', 'danger', 'https://*.euw.devtunnels.ms', CREDENTIALS],
    ['public-suffix-wildcard', 'danger', 'https://*.storage.googleapis.com', CREDENTIALS],
    ['shared-hosting-origin', 'danger', 'https://codepen.io', CREDENTIALS],
    ['shared-hosting-origin', 'danger', 'https://my-app.glitch.me', CREDENTIALS],
    ['shared-hosting-origin', 'danger', 'https://*.webcontainer.io', CREDENTIALS],
    ['subdomains-with-credentials', 'warning', 'https://*.example.com', CREDENTIALS],
    ['local-origin-in-production', 'warning', 'http://localhost:3000', PRODUCTION],
    ['local-origin-in-production', 'danger', 'http://localhost:3000', BOTH],
    ['local-origin-in-production', 'danger', 'http://127.0.0.1', BOTH],
    ['local-origin-in-production', 'danger', 'http://[::1]:5173', BOTH],
    ['local-origin-in-production', 'danger', 'https://192.168.1.20', BOTH],
    ['local-origin-in-production', 'danger', 'https://172.31.0.1', BOTH],
    ['local-origin-in-production', 'danger', 'https://[fd12:3456::1]', BOTH],
    ['local-origin-in-production', 'danger', 'https://app.localhost', BOTH],
    ['any-port-with-credentials', 'warning', 'https://example.com:*', CREDENTIALS],
    ['unusual-host', 'warning', 'https://example.com.', PLAIN],
    ['unusual-host', 'warning', 'http://intranet', PLAIN],
    ['extension-wildcard', 'error', 'chrome-extension://*.abcdefghijklmnop', PLAIN],
    ['extension-wildcard', 'error', 'moz-extension://*.abcdefghijklmnop', PLAIN],
    ['extension-origin-per-install', 'warning', 'moz-extension://0f5b1c1e-1', PLAIN],
  ];

  it.each(risky)('%s (%s): %s %o', (code, level, source, context) => {
    expect(issuesOf(source, context)).toContain(`${code} ${level}`);
  });

  const nearlyRisky: [code: RiskyOriginCode, source: string, context: OriginContext][] = [
    ['insecure-origin-with-credentials', 'https://app.example.com', CREDENTIALS],
    ['insecure-origin-with-credentials', 'http://app.example.com', PLAIN],
    ['insecure-origin-with-credentials', 'http://localhost:3000', CREDENTIALS],
    ['insecure-origin-with-credentials', 'http://app.localhost', CREDENTIALS],
    ['insecure-origin-with-credentials', 'http://127.0.0.1:8080', CREDENTIALS],
    ['insecure-origin-with-credentials', 'capacitor://localhost', CREDENTIALS],
    ['public-suffix-wildcard', 'https://*.me.github.io', CREDENTIALS],
    ['public-suffix-wildcard', 'https://github.io', CREDENTIALS],
    ['public-suffix-wildcard', 'https://*.example.co.uk', CREDENTIALS],
    ['public-suffix-wildcard', 'https://*.www.ck', CREDENTIALS],
    ['public-suffix-wildcard', 'http://*.localhost:3000', CREDENTIALS],
    ['public-suffix-wildcard', 'https://*.internal', CREDENTIALS],
    ['public-suffix-wildcard', 'https://shop.wordpress.com', CREDENTIALS],
    ['public-suffix-wildcard', 'https://*.shop.wordpress.com', CREDENTIALS],
    ['public-suffix-wildcard', 'https://*.notnip.io', CREDENTIALS],
    ['shared-hosting-origin', 'https://codepen.io', PLAIN],
    ['shared-hosting-origin', 'https://mycodepen.io', CREDENTIALS],
    ['shared-hosting-origin', 'https://codepen.io.example.com', CREDENTIALS],
    ['subdomains-with-credentials', 'https://*.example.com', PLAIN],
    ['subdomains-with-credentials', 'https://app.example.com', CREDENTIALS],
    ['subdomains-with-credentials', 'http://*.localhost', CREDENTIALS],
    ['local-origin-in-production', 'http://localhost:3000', CREDENTIALS],
    ['local-origin-in-production', 'https://172.32.0.1', BOTH],
    ['local-origin-in-production', 'https://localhost.example.com', BOTH],
    ['local-origin-in-production', 'capacitor://localhost', BOTH],
    ['any-port-with-credentials', 'https://example.com:8443', CREDENTIALS],
    ['any-port-with-credentials', 'https://example.com:*', PLAIN],
    ['any-port-with-credentials', 'http://localhost:*', CREDENTIALS],
    ['unusual-host', 'https://example.com', BOTH],
    ['unusual-host', 'http://localhost', PLAIN],
    ['unusual-host', 'http://[::1]', PLAIN],
    ['unusual-host', 'chrome-extension://abcdefghijklmnop', PLAIN],
    ['extension-wildcard', 'chrome-extension://abcdefghijklmnop', CREDENTIALS],
    ['extension-wildcard', 'https://*.example.com', PLAIN],
    ['extension-origin-per-install', 'chrome-extension://abcdefghijklmnop', PLAIN],
  ];

  it.each(nearlyRisky)('not %s: %s %o', (code, source, context) => {
    const codes = riskyOriginIssues(shapeOf(source), context, publicSuffixOf).map(
      (issue) => issue.code,
    );
    expect(codes).not.toContain(code);
  });

  it('has nothing to say about an exact https origin', () => {
    expect(issuesOf('https://app.example.com', BOTH)).toEqual([]);
  });

  it('does not repeat a public suffix as subdomains', () => {
    expect(issuesOf('https://*.github.io', CREDENTIALS)).toEqual(['public-suffix-wildcard danger']);
  });

  it('refuses an extension wildcard in any form a caller may read it', () => {
    const shape = { scheme: 'chrome-extension', port: undefined, subdomains: false };
    const issues = riskyOriginIssues(
      { ...shape, source: 'chrome-extension://*', host: '*' },
      PLAIN,
      undefined,
    );
    expect(issues.map(({ code }) => code)).toEqual(['extension-wildcard']);
  });

  it('knows the obvious suffixes without a list', () => {
    expect(codesWithoutList('https://*.com')).toContain('public-suffix-wildcard');
    expect(codesWithoutList('https://*.com.au')).toContain('public-suffix-wildcard');
    expect(codesWithoutList('https://*.github.io')).toEqual([]);
  });

  it.each([
    ['http://app.example.com:8080', "write 'https://app.example.com:8080'"],
    ['https://app.example.com.', "write 'https://app.example.com'"],
    ['https://app.example.com.:8443', "write 'https://app.example.com:8443'"],
  ])('offers a fix that is an origin: %s', (source, fix) => {
    expect(riskyOriginIssues(shapeOf(source), CREDENTIALS, publicSuffixOf)[0]?.fix).toBe(fix);
  });
});

describe('loadPublicSuffixOf', () => {
  it('includes the private section', () => {
    expect(publicSuffixOf?.('me.github.io')).toBe('github.io');
    expect(publicSuffixOf?.('127.0.0.1')).toBeNull();
  });
});
