import { APP, EVIL, PARTNER } from '../../support/origins.js';
import type { HeaderLine, RawRequest } from '../../support/raw.js';
import { AT_GATEWAY, row, type GatewayExpectation, type GatewayRow } from './support/row.js';

const HANDSHAKE: readonly HeaderLine[] = [
  ['Connection', 'Upgrade'],
  ['Upgrade', 'websocket'],
  ['Sec-WebSocket-Version', '13'],
  ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
];

function upgrade(path: string, origin?: string, further: readonly HeaderLine[] = []): RawRequest {
  const headers: HeaderLine[] = origin === undefined ? [] : [['Origin', origin]];
  return { path, headers: [...headers, ...HANDSHAKE, ...further] };
}

const opened: GatewayExpectation = { status: 101, cors: [], vary: [] };
const refused: GatewayExpectation = { status: 403, cors: [], vary: ['origin'] };

function opens(name: string, request: RawRequest): GatewayRow {
  return row('upgrade', `${name}: 101`, request, opened);
}

function refuses(name: string, request: RawRequest): GatewayRow {
  return row('upgrade', `${name}: 403`, request, refused, AT_GATEWAY);
}

const elsewhere = upgrade('/elsewhere', PARTNER);

export const rows: readonly GatewayRow[] = [
  row('upgrade', 'a path under the default policy: 101', elsewhere, opened, { only: 'proxy' }),
  opens('an allowed origin', upgrade('/feed', APP)),
  opens('no Origin, hence no browser', upgrade('/feed')),
  opens("the server's own origin", upgrade('/feed', 'http://localhost')),
  opens(
    'the same site by Fetch Metadata',
    upgrade('/feed', EVIL, [['Sec-Fetch-Site', 'same-origin']]),
  ),
  refuses('a stranger', upgrade('/feed', EVIL)),
  refuses('a look-alike', upgrade('/feed', `${APP}.evil.test`)),
  refuses("another path's partner", upgrade('/feed', PARTNER)),
  refuses('null', upgrade('/feed', 'null')),
  refuses('two origins', upgrade('/feed', `${APP}, ${EVIL}`)),
  refuses('another port of the same host', upgrade('/feed', 'http://localhost:8080')),
  refuses(
    'a stranger, whatever Fetch Metadata says but same-origin',
    upgrade('/feed', EVIL, [['Sec-Fetch-Site', 'same-site']]),
  ),
  refuses('a path that the default policy covers', upgrade('/elsewhere', EVIL)),
];
