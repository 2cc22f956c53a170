import { Controller, Get, Header, Options, Put, Redirect, type Type } from '@nestjs/common';
import { CorsPolicy, type CorsPolicyOptions } from 'nestjs-cors';

/** The page of every row. */
export const PAGE = 'http://page.example';

/** As much of `fetch()`'s options as the rows use. */
export interface Init {
  readonly method?: string;
  readonly credentials?: 'include';
  readonly headers?: Record<string, string>;
}

/** A policy, or the word for leaving the headers of the handler as they are; `undefined` for no decorator. */
type Declared = CorsPolicyOptions | 'passthrough' | undefined;

/** A situation, what the console says about it, and the change that the sentence asks for. */
export interface ConsoleRow {
  /** The heading in `docs/troubleshooting.md`. */
  readonly heading: string;
  readonly path: string;
  readonly init: Init;
  readonly before: Declared;
  readonly after: Declared;
  /** The sentence of `explain()`; of what no policy of ours said, the documentation's alone. */
  readonly advice?: string;
  /** The change that the section of the documentation asks for. */
  readonly write: string;
}

const MISSING = "No 'Access-Control-Allow-Origin' header is present on the requested resource.";
const PREFLIGHT = "Response to preflight request doesn't pass access control check: ";
const ALLOWED: CorsPolicyOptions = { origin: PAGE };
const CREDENTIALED: CorsPolicyOptions = {
  origin: PAGE,
  credentials: true,
  dangerouslyAllow: ['insecure-origin-with-credentials'],
};
const included: Init = { credentials: 'include' };
const put: Init = { method: 'PUT' };

export const CONSOLE_ROWS: readonly ConsoleRow[] = [
  {
    heading: MISSING,
    path: 'missing',
    init: {},
    before: { origin: 'http://other.example' },
    after: { origin: ['http://other.example', PAGE] },
    advice: `does not allow ${PAGE}; add '${PAGE}' to \`origin\` at`,
    write: '`origin`',
  },
  {
    heading: `${PREFLIGHT}${MISSING}`,
    path: 'preflight',
    init: put,
    before: { origin: 'https://page.example' },
    after: ALLOWED,
    advice: `does not allow ${PAGE}: you allow https://page.example, and the page is on http; add '${PAGE}' to \`origin\` at`,
    write: '`debug: true`',
  },
  {
    heading: 'Method … is not allowed by Access-Control-Allow-Methods in preflight response.',
    path: 'method',
    init: put,
    before: { origin: PAGE, methods: ['PATCH'] },
    after: { origin: PAGE, methods: ['PATCH', 'PUT'] },
    advice: "allows PATCH (and GET, HEAD, POST, as everywhere); add 'PUT' to `methods` at",
    write: '`methods`',
  },
  {
    heading: 'Request header field … is not allowed by Access-Control-Allow-Headers in preflight response.',
    path: 'header',
    init: { headers: { 'X-Tenant': '7' } },
    before: { origin: PAGE, allowedHeaders: ['X-Trace'] },
    after: { origin: PAGE, allowedHeaders: ['X-Trace', 'X-Tenant'] },
    advice: "does not allow x-tenant; add 'x-tenant' to `allowedHeaders` at",
    write: '`allowedHeaders`',
  },
  {
    heading: "The value of the 'Access-Control-Allow-Credentials' header in the response is '…' which must be 'true' when the request's credentials mode is 'include'.",
    path: 'credentials',
    init: included,
    before: ALLOWED,
    after: CREDENTIALED,
    write: '`credentials: true`',
  },
  {
    heading: `${PREFLIGHT}The value of the 'Access-Control-Allow-Credentials' header in the response is '…' which must be 'true' when the request's credentials mode is 'include'.`,
    path: 'preflight-credentials',
    init: { ...included, ...put },
    before: ALLOWED,
    after: CREDENTIALED,
    write: '`credentials: true`',
  },
  {
    heading: "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.",
    path: 'wildcard',
    init: included,
    before: { origin: '*' },
    after: { ...CREDENTIALED, origin: '*', credentials: [PAGE] },
    write: '`credentials`, as a list',
  },
  {
    heading: "The 'Access-Control-Allow-Origin' header contains multiple values '…', but only one is allowed.",
    path: 'multiple',
    init: {},
    before: 'passthrough',
    after: ALLOWED,
    write: "`'passthrough'`",
  },
  {
    heading: "The 'Access-Control-Allow-Origin' header has a value '…' that is not equal to the supplied origin.",
    path: 'other',
    init: {},
    before: 'passthrough',
    after: ALLOWED,
    write: "`'passthrough'`",
  },
  {
    heading: "The 'Access-Control-Allow-Origin' header contains the invalid value '…'.",
    path: 'invalid',
    init: {},
    before: 'passthrough',
    after: ALLOWED,
    write: "`'passthrough'`",
  },
  {
    heading: `${PREFLIGHT}It does not have HTTP ok status.`,
    path: 'status',
    init: put,
    before: 'passthrough',
    after: ALLOWED,
    write: '`paths`',
  },
  {
    heading: `${PREFLIGHT}Redirect is not allowed for a preflight request.`,
    path: 'redirect',
    init: put,
    before: undefined,
    after: ALLOWED,
    write: 'decorator',
  },
]; // prettier-ignore

/** Headers about CORS that the handler of a row sets itself, as an upstream might. */
const OWN: Readonly<Record<string, string>> = {
  multiple: `${PAGE}, http://other.example`,
  other: 'http://other.example',
  invalid: 'page.example',
  status: PAGE,
};

/** One controller a row, under the policy before or after. */
export function controllersOf(side: 'before' | 'after'): Type[] {
  return CONSOLE_ROWS.map((row) => controllerOf(row, row[side]));
}

function controllerOf({ path }: ConsoleRow, declared: Declared): Type {
  class RowController {
    read(): string {
      return 'read';
    }
    change(): string {
      return 'changed';
    }
    options(): void {
      if (path === 'status') throw new Error('nobody answers preflights here');
    }
  }
  const decorate = (
    name: 'read' | 'change' | 'options',
    ...decorators: MethodDecorator[]
  ): void => {
    const descriptor = Object.getOwnPropertyDescriptor(RowController.prototype, name);
    if (descriptor === undefined) return;
    for (const decorator of decorators) decorator(RowController.prototype, name, descriptor);
  };
  const own = OWN[path] === undefined ? [] : [Header('Access-Control-Allow-Origin', OWN[path])];
  decorate('read', Get(), ...own);
  decorate('change', Put());
  if (path === 'redirect') decorate('options', Options(), Redirect('/elsewhere', 302));
  if (path === 'status') decorate('options', Options(), ...own);
  if (declared !== undefined) CorsPolicy(declared)(RowController);
  Controller(path)(RowController);
  return RowController;
}
