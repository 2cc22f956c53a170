import type { EdgeTable } from '../edge/edge-table.js';
import type { Losses } from '../edge/losses.js';
import type { EdgeAddresses, EngineFiles } from '../edge/engine.js';
import { isReplaced, someReject } from '../edge/outcomes.js';
import { type HeaderLookup, headerLookups } from '../lookups/header-lookups.js';
import { mapOf, variableOf } from './maps.js';
import { OWN_HOST_MAP, TARGET_MAP } from './own-maps.js';
import { allLookups } from '../lookups/all-lookups.js';
import { headOf } from '../edge/engine.js';

/** nginx 1.22 and later: two includes for an existing server, and a server that is whole. */
export function nginxFiles(
  table: EdgeTable,
  addresses: EdgeAddresses,
  _losses: Losses,
): EngineFiles {
  return {
    main: 'nginx.conf',
    files: {
      'nginx.conf': mainFile(addresses),
      'cors-http.conf': httpFile(table),
      'cors-location.conf': locationFile(table),
    },
  };
}

function httpFile(table: EdgeTable): string {
  const text = [
    TARGET_MAP,
    ...(someReject(table.policies) ? [OWN_HOST_MAP] : []),
    ...allLookups(table, headersOf(table)).map(mapOf),
  ].join('\n');
  return `${[
    headOf(table),
    '# Include it in `http { }`, before any `map`.',
    hashSizes(table),
    ...(text.includes('cors_dollar') ? ['geo $cors_dollar { default "$"; }'] : []),
    text,
  ].join('\n')}\n`;
}

function headersOf(table: EdgeTable): readonly HeaderLookup[] {
  return headerLookups(table, { seesUpstream: true });
}

/** Both have to be set before the first map, and cover the largest. */
function hashSizes({ policies }: EdgeTable): string {
  let [longest, count] = [128, 2048];
  for (const { readers } of policies) {
    if (readers === 'anyone') continue;
    count = Math.max(count, readers.exact.length);
    for (const { length } of readers.exact) longest = Math.max(longest, length + 32);
  }
  return [
    `map_hash_bucket_size ${powerAbove(longest)};`,
    `map_hash_max_size ${powerAbove(count * 2)};`,
    'variables_hash_max_size 4096;',
    'variables_hash_bucket_size 128;',
  ].join('\n');
}

function powerAbove(count: number): number {
  return 2 ** Math.ceil(Math.log2(count));
}

function locationFile(table: EdgeTable): string {
  const statuses = [...new Set(table.policies.map(({ status }) => status))].sort();
  const headers = headersOf(table);
  return `${[
    headOf(table),
    '# Include it in each `location { }` that passes requests to the application, which has no `add_header` of its own.',
    ...[...statuses, 403].map(
      (status) =>
        `if ($cors_status = ${status}) { return ${status}${status === 204 ? '' : ' ""'}; }`,
    ),
    '# Where a policy holds, what an upstream says is removed.',
    ...headers.flatMap(({ header }) =>
      isReplaced(table.policies, header) ? [`proxy_hide_header ${header};`] : [],
    ),
    'proxy_hide_header Access-Control-Allow-Private-Network;',
    ...headers.map(({ header, name }) => `add_header ${header} $${variableOf(name)} always;`),
  ].join('\n')}\n`;
}

function mainFile({ listen, upstream }: EdgeAddresses): string {
  return `# nginx -p "$PWD" -c nginx.conf
daemon off;
pid nginx.pid;
error_log stderr warn;
events { worker_connections 1024; }
http {
  access_log off;
  server_tokens off;
  client_body_temp_path client_body_temp;
  proxy_temp_path proxy_temp;
  fastcgi_temp_path fastcgi_temp;
  uwsgi_temp_path uwsgi_temp;
  scgi_temp_path scgi_temp;
  # Sizes of bodies are limited by the application itself.
  client_max_body_size 0;
  include cors-http.conf;
  map $http_upgrade $connection_upgrade { default upgrade; "" ""; }
  upstream application {
    server ${upstream};
    keepalive 32;
  }
  server {
    listen ${listen};
    location / {
      include cors-location.conf;
      proxy_pass http://application;
      proxy_http_version 1.1;
      proxy_read_timeout 60s;
      # Origins are compared with the host that the browser has addressed.
      proxy_set_header Host $http_host;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_buffering off;
    }
  }
}
`;
}
