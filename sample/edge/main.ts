import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../shop/app.module.js';
import { type EngineName, startEdge } from './edge.js';

const PORT = Number(process.env['PORT'] ?? 8080);

const engine = (['haproxy', 'caddy'] as const).find((name) => process.argv.includes(`--${name}`));
const name: EngineName = engine ?? 'nginx';

const app = await NestFactory.create(AppModule, { logger: ['warn', 'error'] });
await app.listen(0, '127.0.0.1');
const edge = await startEdge(app, name, PORT);
process.once('SIGINT', () => void Promise.all([edge.close(), app.close()]));

const { log } = console;
log(`\nThe shop runs at ${await app.getUrl()}, behind ${name} at ${edge.url}\n`);
log(`${Object.keys(edge.exported.files).join(', ')}: made from the manifest of the application`);
log(`What ${name} cannot say: ${edge.exported.losses.length === 0 ? 'nothing' : ''}`);
for (const { where, message } of edge.exported.losses) log(`  ${where}: ${message}`);
log(`
A partner's preflight, which ${name} answers alone: 204, with the partner's origin and PUT
  curl -i -X OPTIONS ${edge.url}/orders/7 -H 'Origin: https://eu.partner.example' -H 'Access-Control-Request-Method: PUT'
A stranger with a similar name: 403 without any Access-Control-* header
  curl -i -X OPTIONS ${edge.url}/orders/7 -H 'Origin: https://partner.example.evil.test' -H 'Access-Control-Request-Method: PUT'
The guard's 401, readable by the dashboard: Access-Control-Allow-Origin: https://app.example.com
  curl -i ${edge.url}/dashboard -H 'Origin: https://app.example.com'
`);
