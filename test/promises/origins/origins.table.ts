import { controllerUnder } from '../../support/controller-under.js';
import { APP, EVIL, PARTNER } from '../../support/origins.js';
import { allowed, denied, fails, get, passes, preflight, row } from '../../support/row.js';
import type { Row } from '../../support/row.js';

const MULTI = 'https://a.multi.example:8443';

export const controllers = [
  controllerUnder('origins/exact', { origin: 'https://exact.example:8443' }),
  controllerUnder('origins/app', { origin: APP }),
  controllerUnder('origins/patterns', 'partners'),
  controllerUnder('origins/both-wildcards', { origin: 'https://*.multi.example:*' }),
  controllerUnder('origins/regexp', 'regexp'),
  controllerUnder('origins/mixed', {
    origin: [
      'https://one.example',
      /^https:\/\/[a-z]+-preview\.two\.example$/,
      (origin) => origin === 'https://three.example',
    ],
  }),
  controllerUnder('origins/scheme', { origin: 'capacitor://localhost' }),
  controllerUnder('origins/ip', { origin: ['http://127.0.0.1:3000', 'http://[::1]:3000'] }),
  controllerUnder('origins/public', { origin: '*', exposedHeaders: '*' }),
];

const at = (name: string): string => `/origins/${name}`;
const ALL = 'GET, HEAD, PUT, DELETE';
const EXPOSED = { expose: 'X-Total-Count, X-Page' };

/** Origins that look like an allowed one, by policy. */
const LOOKALIKES: readonly [policy: string, origins: readonly string[]][] = [
  ['exact', [
    'https://exact.example', 'https://exact.example:8444', 'http://exact.example:8443', 'https://exact.example:84430',
    'https://EXACT.example:8443', 'https://exact.example:8443/', 'https://exact.example:8443.evil.test',
    'https://exact.example.:8443', 'https://user@exact.example:8443', 'https:exact.example:8443',
    'https://evil.test#exact.example:8443', 'https://evil.test\\@exact.example:8443', 'https://exact.example:08443',
  ]],
  ['patterns', [
    'https://partner.example', 'https://evilpartner.example', 'https://eu.partner.example.evil.test',
    'https://eu.partner.example:8443', 'http://eu.partner.example', 'https://.partner.example',
    'https://a..partner.example', 'https://evil.test,.partner.example', 'https://evil.test%60.partner.example',
    'https://gate.example:0', 'https://gate.example:65536', 'https://gate.example:443', 'https://a.gate.example',
  ]],
  ['regexp', [
    'https://x.rx.example.evil.test', 'https://xarx.example', 'https://a.b.rx.example', 'http://x.rx.example',
  ]],
]; // prettier-ignore

function longOrigin(length: number): string {
  const suffix = '.partner.example';
  const free = length - 'https://'.length - suffix.length;
  return `https://${'a'.repeat(free)}${suffix}`;
}

const malformed: readonly Row[] = [
  ...[
    'null',
    'NULL',
    'undefined',
    '*',
    'https://',
    'https://app.example.com, https://evil.test',
    'https://app.example.com https://app.example.com',
    'https://app.ex\tample.com',
    'https://\xe4pp.example.com',
    'app.example.com',
    '//app.example.com',
    'file://',
    'javascript:alert(1)',
  ].map((origin) =>
    row(
      'origins byte by byte',
      `${JSON.stringify(origin)} is no origin`,
      preflight(at('app'), 'PUT', origin),
      fails(),
    ),
  ),
  row(
    'origins byte by byte',
    'two Origin lines are no origin',
    preflight(at('app'), 'PUT', APP, undefined, [['Origin', APP]]),
    fails(),
  ),
  row(
    'origins byte by byte',
    'an origin of 326 characters is looked at',
    get(at('patterns'), longOrigin(326)),
    allowed(longOrigin(326), { expose: 'X-Total-Count, X-Page' }),
  ),
  row('origins byte by byte', 'one of 327 is not', get(at('patterns'), longOrigin(327)), denied()),
  row(
    'origins byte by byte',
    'nor one of 15,000',
    get(at('patterns'), longOrigin(15_000)),
    denied(),
  ),
  row('origins byte by byte', 'null on an actual request', get(at('app'), 'null'), denied()),
  row(
    'origins byte by byte',
    'two Origin lines on an actual request',
    get(at('app'), APP, [['Origin', EVIL]]),
    denied(),
  ),
];

const forms: readonly Row[] = [
  row(
    'origin',
    'an exact origin',
    get(at('exact'), 'https://exact.example:8443'),
    allowed('https://exact.example:8443'),
  ),
  ...LOOKALIKES.flatMap(([policy, origins]) =>
    origins.map((origin) =>
      row(
        'origins byte by byte',
        `${policy}: ${origin} is denied`,
        get(at(policy), origin),
        denied(),
      ),
    ),
  ),
  row('origin', 'a pattern: one label', get(at('patterns'), PARTNER), allowed(PARTNER, EXPOSED)),
  row(
    'origin',
    'a pattern: more labels',
    get(at('patterns'), 'https://a.b.partner.example'),
    allowed('https://a.b.partner.example', EXPOSED),
  ),
  row(
    'origin',
    'any port',
    get(at('patterns'), 'https://gate.example:8443'),
    allowed('https://gate.example:8443', EXPOSED),
  ),
  row(
    'origin',
    'any port: the default port',
    get(at('patterns'), 'https://gate.example'),
    allowed('https://gate.example', EXPOSED),
  ),
  row('origin', 'labels and any port', get(at('both-wildcards'), MULTI), allowed(MULTI)),
  row(
    'origin',
    'a RegExp',
    get(at('regexp'), 'https://x.rx.example'),
    allowed('https://x.rx.example'),
  ),
  row(
    'origin',
    'an array: the exact one',
    get(at('mixed'), 'https://one.example'),
    allowed('https://one.example'),
  ),
  row(
    'origin',
    'an array: a RegExp that matches',
    get(at('mixed'), 'https://blue-preview.two.example'),
    allowed('https://blue-preview.two.example'),
  ),
  row(
    'origin',
    'an array: the predicate',
    get(at('mixed'), 'https://three.example'),
    allowed('https://three.example'),
  ),
  row('origin', 'an array: nobody else', get(at('mixed'), EVIL), denied()),
  row(
    'origin',
    'a scheme that is not http',
    get(at('scheme'), 'capacitor://localhost'),
    allowed('capacitor://localhost'),
  ),
  row('origin', 'IPv4', get(at('ip'), 'http://127.0.0.1:3000'), allowed('http://127.0.0.1:3000')),
  row('origin', 'IPv6', get(at('ip'), 'http://[::1]:3000'), allowed('http://[::1]:3000')),
  row(
    'origin',
    "'*' is the same for everyone",
    get(at('public'), EVIL),
    allowed('*', { expose: '*' }),
  ),
  row(
    'Vary',
    "'*' is sent without Origin too, and no Vary",
    get(at('public')),
    allowed('*', { expose: '*' }),
  ),
  row(
    'origin',
    "'*' includes opaque origins",
    get(at('public'), 'null'),
    allowed('*', { expose: '*' }),
  ),
  row(
    'origin',
    "'*' in a preflight",
    preflight(at('public'), 'PUT', EVIL),
    passes({ origin: '*', methods: ALL }),
  ),
];

export const rows: readonly Row[] = [...forms, ...malformed];
