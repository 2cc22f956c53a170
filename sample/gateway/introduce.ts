import type { INestApplication } from '@nestjs/common';
import { CorsInspector } from 'nestjs-cors';

const HANDSHAKE =
  "-H 'Connection: Upgrade' -H 'Upgrade: websocket' -H 'Sec-WebSocket-Version: 13' -H 'Sec-WebSocket-Key: c2FtcGxlIG5vbmNlIDEyMw=='";

/** Says what runs, and what to try. */
export function introduce(app: INestApplication, url: string): void {
  const { log } = console;
  log(`\nThe gateway runs on ${app.getHttpAdapter().getType()} at ${url}\n`);
  log(app.get(CorsInspector).table());
  log(`
A partner's preflight, answered here; the orders service never hears of it: 204
  curl -i -X OPTIONS ${url}/orders -H 'Origin: https://eu.partner.example' -H 'Access-Control-Request-Method: POST' -H 'Access-Control-Request-Headers: content-type'
The reports service says Access-Control-Allow-Origin: * to everyone. A stranger gets nothing of it
  curl -i ${url}/reports/7 -H 'Origin: https://evil.test'
and a partner his own origin, with the header that the service exposes
  curl -i ${url}/reports/7 -H 'Origin: https://eu.partner.example'
A controller that forwards the archive is under the entry of \`paths\` that covers the target: a partner's here, everybody's there
  curl -i ${url}/archive/2024 -H 'Origin: https://evil.test'
  curl -i ${url}/archive/public/2024 -H 'Origin: https://evil.test'
A service that fails, readable by the page that asked: 503
  curl -i ${url}/billing/broken -H 'Origin: https://app.example.com'
A feed of prices: 101 and a price a second (end it with Ctrl+C)
  curl -iN --http1.1 ${url}/prices -H 'Origin: https://app.example.com' ${HANDSHAKE}
and for a stranger's page: 403 before the upgrade
  curl -i --http1.1 ${url}/prices -H 'Origin: https://evil.test' ${HANDSHAKE}
`);
}
