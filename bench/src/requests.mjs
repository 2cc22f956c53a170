/** Allowed by every application of the comparison; the second one is what requests come from. */
export const ORIGINS = ['https://admin.example.com', 'https://app.example.com'];

const BROWSER = {
  host: 'api.example.com',
  connection: 'keep-alive',
  accept: 'application/json, text/plain, */*',
  'user-agent':
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  'accept-encoding': 'gzip, deflate, br, zstd',
  'accept-language': 'en-GB,en;q=0.9',
};

const BODY = JSON.stringify({ name: 'coffee', quantity: 3, tags: ['black', 'no sugar'] });
const JSON_BODY = { 'content-type': 'application/json', 'content-length': String(BODY.length) };

function preflight(origin) {
  return {
    ...BROWSER,
    origin,
    'access-control-request-method': 'PUT',
    'access-control-request-headers': 'authorization,content-type',
  };
}

/** What is sent to each application. */
export const ROWS = {
  'GET with Origin': {
    method: 'GET',
    url: '/items/42?full=1',
    headers: { ...BROWSER, origin: ORIGINS[1] },
  },
  'GET without Origin': { method: 'GET', url: '/items/42?full=1', headers: BROWSER },
  'POST with JSON body': {
    method: 'POST',
    url: '/items',
    headers: { ...BROWSER, ...JSON_BODY, origin: ORIGINS[1] },
    body: BODY,
  },
  'preflight, allowed': { method: 'OPTIONS', url: '/items/42', headers: preflight(ORIGINS[1]) },
  'preflight, denied': {
    method: 'OPTIONS',
    url: '/items/42',
    headers: preflight('https://evil.example.net'),
  },
};

/** A request as bytes on the wire. */
export function serialise({ method, url, headers, body = '' }) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return Buffer.from([`${method} ${url} HTTP/1.1`, ...lines, '', body].join('\r\n'), 'latin1');
}
