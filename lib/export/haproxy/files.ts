import type { EdgeTable } from '../edge/edge-table.js';
import type { EdgeAddresses, EngineFiles } from '../edge/engine.js';
import { answerRules } from './answer-rules.js';
import { grantRules } from './grant-rules.js';
import { mapFile } from './map-file.js';
import { requestRules } from './request-rules.js';
import { responseRules } from './response-rules.js';
import { joined } from './section.js';
import { headOf } from '../edge/engine.js';

/** HAProxy 2.6 and later: a configuration, and the map files that it reads. */
export function haproxyFiles(table: EdgeTable, addresses: EdgeAddresses): EngineFiles {
  const { rules, files } = joined([
    requestRules(table),
    grantRules(table),
    answerRules(table),
    responseRules(table),
  ]);
  const text = rules.join('\n');
  const used = Object.entries(files).filter(([name]) => text.includes(name));
  return {
    main: 'haproxy.cfg',
    files: {
      'haproxy.cfg': mainFile(table, addresses, rules),
      ...Object.fromEntries(used.map(([name, rows]) => [name, mapFile(rows)])),
    },
  };
}

function mainFile(
  table: EdgeTable,
  { listen, upstream }: EdgeAddresses,
  rules: readonly string[],
): string {
  return `# haproxy -f haproxy.cfg
${headOf(table)}
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
  timeout tunnel 1h
frontend edge
  bind ${listen}
  http-request set-header X-Forwarded-Proto http unless { ssl_fc }
  http-request set-header X-Forwarded-Proto https if { ssl_fc }
  http-request set-var(txn.cors_requested) req.fhdr(access-control-request-headers)
${rules.map((rule) => `  ${rule}`).join('\n')}
  default_backend application
backend application
  option forwardfor
  server application ${upstream}
`;
}
