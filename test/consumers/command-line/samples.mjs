// The samples: the module of each, a route that it lists, and a request to explain, with the exit code of the answer.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = resolve(fileURLToPath(import.meta.url), '../../../..');

const [ALLOWED, FOUND] = [0, 1];
const row = (path, said, url, code, env) => {
  const module = `dist/sample/${path}`;
  return { module, file: module.replace(/#.*/, ''), said, url: url.split(' '), code, env };
};

/** Partners' origin is https://partner.example; most of the samples allow their own pages alone. */
export const SAMPLES = [
  row('shop/app.module.js', ['GET  /orders/:id'], 'GET /catalogue', ALLOWED),
  row(
    'gateway/gateway.module.js',
    ['ALL  /archive/*rest', 'WS  /prices  PricesGateway'],
    'GET /archive/public/1',
    ALLOWED,
  ),
  row('live/app.module.js', ['GET  /orders'], 'GET /orders', FOUND),
  row('playground/app.module.js', ['PUT  /orders/:id'], 'GET /catalogue', ALLOWED),
  row('recipes/cdn.js', ['PUT  /orders/:id'], 'GET /catalogue', ALLOWED),
  row('recipes/cookies.js', ['POST  /session'], 'GET /session', ALLOWED),
  row('recipes/database.js#DatabaseModule', ['GET  /orders'], 'GET /orders', FOUND),
  row('recipes/downloads.js', ['GET  /reports/:name'], 'GET /reports', FOUND),
  row('recipes/environment.js', ['GET  /orders'], 'GET /orders', ALLOWED, [
    'env',
    'CORS_ORIGINS=https://partner.example',
  ]),
  row('recipes/form-posts.js', ['POST  /session/saml'], 'POST /session', FOUND),
  row('recipes/graphql.js', ['GET,POST  /graphql  paths[0]'], 'POST /graphql', FOUND),
  row('recipes/health-check.js', ['OPTIONS  /health'], 'GET /health', FOUND),
  row('recipes/lan-phone.js', ['GET  /orders'], 'GET /orders', FOUND),
  row('recipes/mobile-shell.js', ['PUT  /orders/:id'], 'PUT /orders/7', FOUND),
  row('recipes/mounted.js#InnerModule', ['GET  /orders'], 'GET /orders', FOUND),
  row('recipes/mounted.js#OuterModule', ['GET  /orders'], 'GET /inner/orders', FOUND),
  row('recipes/preflight-headers.js', ['PUT  /orders/:id'], 'PUT /orders/7', FOUND),
  row('recipes/public-api.js', ['GET  /offers'], 'GET /catalogue', ALLOWED),
  row('recipes/sse.js', ['GET  /prices'], 'GET /prices', FOUND),
  row('recipes/stages.js', ['GET  /orders'], 'GET /orders', FOUND),
  row('recipes/static-files.js', ['ANY  /assets/*  paths[0]'], 'GET /assets/logo.svg', ALLOWED),
  row('recipes/swagger.js', ['GET  /orders'], 'GET /docs-json', ALLOWED),
  row('recipes/tenants.js', ['GET  /orders'], 'GET /orders', FOUND),
];
