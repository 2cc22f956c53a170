import { ALONE } from '../edge/edge-policies.js';
import type { EdgePolicy } from '../edge/edge-policy.js';
import { headerNamesOf, isCorsHeader, keepsExposed } from '../edge/outcomes.js';
import { nameOf } from '../lookups/lookup.js';
import { placeholderOf } from './maps.js';

const EXPOSE = 'Access-Control-Expose-Headers';

/** Where a policy holds, what the upstream says is removed. */
export function proxyRules(policies: readonly EdgePolicy[], upstream: string): readonly string[] {
  const removing = [
    ...headerNamesOf(policies).filter(isCorsHeader),
    'Access-Control-Allow-Private-Network',
  ].map((name) => `header_down -${name}`);
  const keeping = policies.filter(keepsExposed).map(({ key }) => key);
  return [
    `@cors_alone vars {cors_policy} ${ALONE}`,
    proxy('@cors_alone', upstream, []),
    ...(keeping.length === 0
      ? []
      : [
          `@cors_keeps vars {cors_policy} ${keeping.join(' ')}`,
          proxy('@cors_keeps', upstream, [...removing, ...MERGING_EXPOSED]),
        ]),
    proxy('', upstream, removing),
  ];
}

const EXPOSED = placeholderOf(nameOf(EXPOSE));

/** The upstream's exposed names are known only where Caddy is told to copy the answer itself; never for an upgrade. */
const MERGING_EXPOSED = [
  '@cors_answer status 2xx 3xx 4xx 5xx',
  `handle_response @cors_answer {
    @cors_exposes not vars ${EXPOSED} ""
    header @cors_exposes ${EXPOSE} ${EXPOSED}
    copy_response
  }`,
];

function proxy(matcher: string, upstream: string, lines: readonly string[]): string {
  const body = [...lines, ...TRANSPORT].map((line) => `  ${line}\n`).join('');
  return `reverse_proxy ${matcher === '' ? '' : `${matcher} `}${upstream} {\n${body}}`;
}

/** Streams go out as they come. */
const TRANSPORT = [
  'flush_interval -1',
  `transport http {
    response_header_timeout 60s
  }`,
];
