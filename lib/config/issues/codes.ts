/** How much an issue weighs: an `error` keeps the application from starting, a `danger` too unless it is accepted by name. */
export type IssueLevel = 'error' | 'danger' | 'warning';

/** The options whose `dangerouslyAllow` accepts a danger: a policy's, or those of the whole application. */
export type AcceptedBy = 'policy' | 'application';

/** A line of {@link CODES}. The title is how the code's section of `docs/errors.md` begins. */
interface Code<Level extends IssueLevel> {
  readonly level: Level;
  readonly title: string;
}

interface DangerCode<By extends AcceptedBy> extends Code<'danger'> {
  readonly acceptedBy: By;
}

function error(title: string): Code<'error'> {
  return { level: 'error', title };
}

function danger<By extends AcceptedBy>(acceptedBy: By, title: string): DangerCode<By> {
  return { level: 'danger', acceptedBy, title };
}

function warning(title: string): Code<'warning'> {
  return { level: 'warning', title };
}

/**
 * Every code there is, in the order of `docs/errors.md`.
 *
 * A new one is a line here, a section there and a row in `test/promises/start-up/codes.table.ts`; the tests name what is missing.
 */
// prettier-ignore
export const CODES = {
  // Options as a whole
  'invalid-options': error('A place for options holds something else, or nothing'),
  'unreadable-options': error('Reading the options threw, or would leave something out'),
  'list-too-long': error('A list has more than 1,000,000 entries, or a list of names more than 128'),
  'unknown-option': error('A key that is no option'),
  'refused-option': error('`preflightContinue`, `privateNetwork`, or `strategy` among options that come too late to choose one'),
  'invalid-option-type': error('A value of the wrong type'),
  'option-without-effect': error('An option that does nothing where it stands'),
  'unknown-risk': error('`dangerouslyAllow` lists something that is no risk, or one that cannot be accepted there'),
  'unknown-strategy': error("`strategy` is neither `'hook'` nor `'interceptor'`"),

  // Policies and their names
  'unknown-policy': error('A name that `policies` does not have'),
  'missing-policy': error('A `paths` entry without `policy`'),
  'missing-paths': error("`@CorsPolicy('paths')` in an application without `paths`"),
  'reserved-policy-name': error('A policy named `parent`, `self`, `paths`, `passthrough` or nothing'),
  'extends-cycle': error('`extends` comes back to where it started, or goes on for more than 50 policies'),
  'extends-no-cors': error('`extends` names a policy with `origin: false`'),
  'no-parent-policy': error("`extends: 'parent'` where nothing above has a policy, or where the parent is `@NoCors()`"),

  // Origins
  'missing-origin': error('No origin at all'),
  'invalid-origin-type': error('An origin that is neither string, RegExp, predicate, list of these nor `false`'),
  'invalid-origin': error('A string that no browser sends as an origin'),
  'null-origin': error("`'null'` as an origin"),
  'file-origin': error('A `file:` origin'),
  'origin-without-scheme': error('A bare host'),
  'invalid-port': error('Port 0, a port above 65535 or one with leading zeros'),
  'default-port': error('The default port of the scheme, written out'),
  'non-canonical-ip': error('An IP address in another form than browsers send, or an IPv4 address mapped into IPv6'),
  'misplaced-wildcard': error('A `*` that is neither all labels in front of a host nor the port'),
  'wildcard-in-list': error("`'*'` beside other origins"),
  'extension-wildcard': error('A wildcard for browser extensions'),
  'wildcard-with-credentials': error("`'*'` together with `credentials`"),
  'credentials-beyond-origin': error('`credentials` lists an origin that `origin` does not allow'),

  // Regular expressions
  'regexp-unanchored': error('An alternative without `^` and `$`, or the flag `m`'),
  'regexp-unescaped-dot': error('A dot that stands for any character'),
  'regexp-too-wide': error('More than letters, digits and hyphens in a name, an open scheme, an open registrable name, or a second domain by a quantifier (`com?`)'),
  'regexp-not-an-origin': error('The expression matches nothing that a browser sends'),
  'regexp-stateful': error('The flag `g` or `y`'),
  'regexp-too-complex': error('Comparing the expression with origins takes too much work'),
  'regexp-accepts-mutant': error('The expression accepts `null`, an empty string, or a mutant of an origin that it means'),
  'regexp-unsupported': error('Syntax that the audit cannot read (look-arounds, references to groups), or an expression that matches nothing'),

  // Methods, headers, numbers
  'invalid-method': error('Not a method name'),
  'forbidden-method': error('`CONNECT`, `TRACE` or `TRACK`'),
  'unknown-method': error('A method that Node does not parse, or one in lower case'),
  'wildcard-methods': error("`methods: '*'`"),
  'invalid-header-name': error('Not a header name'),
  'forbidden-request-header': error('A request header that scripts cannot set'),
  'forbidden-preflight-header': error('A header that `preflightHeaders` cannot set, or one that stands there twice'),
  'invalid-header-value': error('A value in `preflightHeaders` that cannot be sent'),
  'response-header-in-request': error('A response header in `allowedHeaders`'),
  'unexposable-header': error('A header that browsers never show to scripts'),
  'exposed-wildcard-with-credentials': error("`exposedHeaders: '*'` with `credentials`"),
  'max-age-out-of-range': error('`maxAge` is no integer from −1 to 86400'),
  'invalid-success-status': error('`optionsSuccessStatus` is no status from 200 to 299'),

  // Decorators, paths and routes
  'duplicate-decorator': error('Two of `@CorsPolicy()` and `@NoCors()` on one class or method'),
  'decorator-without-effect': error('A CORS decorator on a service, a resolver, an enhancer or a method that is no route, or below a decorator that replaces the method'),
  'invalid-path': error('A path that cannot be matched'),
  'ambiguous-path': error('Two `paths` entries for the same path and method, with different policies'),
  'indistinguishable-routes': error('Handlers at one path and method that only a header tells apart'),
  'indistinguishable-gateways': error('Gateways on the same connections, under different policies'),
  'gateway-without-server': error('A decorated gateway on a WebSocket adapter that does not say which HTTP server it uses'),
  'unattributed-route': error('A route that Nest registered in a way that could not be recognised'),
  'second-cors-layer': error('`app.enableCors()`, `cors: true`, a `cors()` middleware or `@fastify/cors` for the whole application, or `cors` of a gateway or its server under a policy'),
  'duplicate-module': error('`CorsModule.forRoot()` in more than one module'),
  'adapter-without-hook': error('An HTTP adapter that is neither Express nor Fastify, or on which the hook cannot be first'),
  'needs-hook': error("`paths`, `denied: 'reject'`, `@CorsPolicy('paths')` or `@CorsPolicy('passthrough')` under strategy `'interceptor'`"),

  // Live policies
  'invalid-snapshot': error('What a live source answered is no state, or not the whole of one'),
  'revision-went-back': error('A live source answers with an older revision than the one that is held'),
  'revision-reused': error('A live source answers with the revision that is held, and with other contents'),

  // Dangers
  'insecure-origin-with-credentials': danger('policy', 'An `http:` origin with `credentials`'),
  'public-suffix-wildcard': danger('policy', '`*.` in front of a name below which anyone gets a name'),
  'shared-hosting-origin': danger('policy', 'An origin at which strangers run scripts'),
  'local-origin-in-production': danger('policy', '`localhost`, a loopback or a private address, with `credentials`, where `NODE_ENV` is `production`'),
  'reflects-every-origin': danger('policy', 'A RegExp or predicate that accepts everyone, or `origin: true`'),
  'debug-in-production': danger('application', '`debug: true` where `NODE_ENV` is `production`'),
  'inspector-in-production': danger('application', '`CorsInspectorModule` where `NODE_ENV` is `production`'),

  // Origins that deserve a second look
  'subdomains-with-credentials': warning('`*.` with `credentials`'),
  'any-port-with-credentials': warning('`:*` with `credentials`'),
  'unusual-host': warning('A host with a trailing dot or without any, or loopback without a port'),
  'extension-origin-per-install': warning('A `moz-extension:` or `safari-web-extension:` origin'),
  'redundant-origin': warning('An origin that another entry of the list covers'),
  'no-public-suffix-list': warning('Wildcards without `tldts` installed'),
  'regexp-case-insensitive': warning('The flag `i`'),
  'predicate-without-answer': warning('A predicate that throws, or answers with something else than a boolean or a promise of one'),

  // Options
  'any-header-with-credentials': warning("`allowedHeaders: '*'` with `credentials`"),
  'max-age-capped': warning('`maxAge` above 7200'),
  'options-listed': warning('`OPTIONS` in `methods`'),

  // Policies and routes
  'revocation-outlived': warning("A live policy whose preflights browsers remember for more than 600 seconds, without `denied: 'reject'`"),
  'unused-policy': warning('A named policy that nothing uses'),
  'wider-than-controller': warning('Options written out on a handler that allow everyone or credentials'),
  'unserved-method': warning('`methods` names a method that no route under the policy serves'),
  'shadowed-route': warning('A route whose requests go to another one'),
  'csrf-rejects-allowed-origin': warning("An origin that a policy allows, and that Nest's `enableCsrfProtection()` turns away"),
  'upstream-override': warning('A handler or an upstream sets `Access-Control-*` headers of its own'),
} as const;

/**
 * The code of an issue: stable, kebab-case, explained in `docs/errors.md`. Match on it, not on messages:
 *
 * ```ts
 * switch (issue.code) {
 *   case 'unknown-policy': …
 * }
 * ```
 *
 * @publicApi
 */
export type CorsIssueCode = keyof typeof CODES;
