import type { OriginPattern } from '../../protocol/origin/pattern.js';
import { COMMON_METHODS } from '../../protocol/methods.js';
import { ALONE } from '../edge/edge-policies.js';
import type { EdgePolicy } from '../edge/edge-policy.js';
import type { Losses } from '../edge/losses.js';
import { isCorsHeader, passingMethods, valueIn, keepsExposed } from '../edge/outcomes.js';
import { isEmpty } from '../edge/edge-origins.js';

/** `HTTPCORSFilter` of `gateway.networking.k8s.io/v1`. */
export interface CorsFilter {
  readonly allowOrigins: readonly string[];
  readonly allowCredentials?: true;
  readonly allowMethods: readonly string[];
  readonly allowHeaders?: readonly string[];
  readonly exposeHeaders?: readonly string[];
  readonly maxAge: number;
}

/** Entries that a list of the filter may have. */
const MOST = 64;
/** As the schema has it: of schemes http and https alone, names alone, one port or none. */
const ORIGIN = /^https?:\/\/(?:\*\.)?(?:[a-z0-9-]+\.)*[a-z0-9-]+(?::[0-9]{1,5})?$/;

/** Nobody may read: nothing for a filter to say. */
function permitsNobody({ readers }: EdgePolicy): boolean {
  return readers !== 'anyone' && isEmpty(readers);
}

/** Without policy, or closed: the application answers without any gain of the gateway's. */
export function needsNoFilter(key: string, policy: EdgePolicy | undefined): boolean {
  return key === ALONE || policy === undefined || permitsNobody(policy);
}

/** The filter of a policy; `undefined` where it would say something else, which is a loss. */
export function corsFilter(policy: EdgePolicy, losses: Losses): CorsFilter | undefined {
  const where = `policies.${policy.title}`;
  const unsayable = unsayableIn(policy);
  for (const [code, what] of unsayable)
    losses.add(
      'stricter',
      code,
      where,
      `a gateway cannot say ${what}: it permits nobody there, and leaves the answer to the application`,
    );
  const filter = filterOf(policy);
  checkLimits(policy, filter, where, losses);
  return unsayable.length > 0 ? undefined : filter;
}

type Unsayable = readonly [code: string, what: string];

function unsayableIn(policy: EdgePolicy): readonly Unsayable[] {
  const { rejects, credentialed, headers } = policy;
  const further = headers.filter(({ name }) => !isCorsHeader(name)).map(({ name }) => name);
  return [
    ...(rejects ? [['reject', "`denied: 'reject'`"] as const] : []),
    ...(further.length > 0 ? [['headers', further.join(', ')] as const] : []),
    ...(keepsExposed(policy) ? [['exposed-by-upstream', '`keepExposedHeaders`'] as const] : []),
    ...(credentialed !== 'readers' && !isEmpty(credentialed)
      ? [['credentials', '`credentials` as a list'] as const]
      : []),
  ];
}

function filterOf(policy: EdgePolicy): CorsFilter {
  const { readers, credentialed, allowedHeaders } = policy;
  const exposed = textIn(policy, 'Access-Control-Expose-Headers', 'actual').split(', ');
  const exposeHeaders = exposed.filter((name) => name !== '');
  const allowHeaders = allowedHeaders ?? ['*'];
  return {
    allowOrigins:
      readers === 'anyone' ? ['*'] : [...readers.exact, ...readers.patterns.map(textOf)],
    ...(credentialed === 'readers' && { allowCredentials: true }),
    allowMethods: passingMethods(policy, COMMON_METHODS),
    ...(allowHeaders.length > 0 && { allowHeaders }),
    ...(exposeHeaders.length > 0 && { exposeHeaders }),
    maxAge: Number(textIn(policy, 'Access-Control-Max-Age', 'preflight')),
  };
}

function textIn(policy: EdgePolicy, name: string, phase: 'actual' | 'preflight'): string {
  const value = valueIn(policy, name, phase, 'full') ?? valueIn(policy, name, phase, 'read');
  return value?.kind === 'text' ? value.text : '';
}

function textOf({ scheme, subdomains, host, port }: OriginPattern): string {
  return `${scheme}://${subdomains ? '*.' : ''}${host}${port === '' ? '' : `:${port}`}`;
}

/** Values that the schema refuses, or would take for something else. */
function checkLimits(policy: EdgePolicy, filter: CorsFilter, where: string, losses: Losses): void {
  const { allowOrigins, allowHeaders = [], exposeHeaders = [], maxAge } = filter;
  if (allowOrigins.length > MOST)
    losses.add(
      'refused',
      'too-many-origins',
      where,
      `a gateway takes ${MOST} origins, these are ${allowOrigins.length}; use patterns, or nginx or HAProxy`,
    );
  const odd = allowOrigins.filter((origin) => origin !== '*' && !ORIGIN.test(origin));
  if (odd.length > 0)
    losses.add('refused', 'origin', where, `a gateway does not take ${odd.join(', ')}`);
  for (const names of [allowHeaders, exposeHeaders])
    if (names.length > MOST)
      losses.add('refused', 'too-many-headers', where, `a gateway takes ${MOST} names of headers`);
  if (maxAge < 1)
    losses.add('refused', 'max-age', where, 'a gateway takes a `maxAge` of 1 second or more');
  if (policy.status !== 204)
    losses.add(
      'different',
      'status',
      where,
      `a gateway answers preflights with the status that it likes, not with ${policy.status}`,
    );
}
