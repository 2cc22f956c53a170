// New Relic, in the mode for serverless functions, which needs no licence and no connection. The name of a request is that of
// its transaction.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

process.env.NEW_RELIC_SERVERLESS_MODE_ENABLED = 'true';
process.env.NEW_RELIC_LOG_ENABLED = 'false';
process.env.NEW_RELIC_APP_NAME = 'agents';
const require = createRequire(`${process.env.AGENTS}/package.json`);
await import(pathToFileURL(require.resolve('newrelic/esm-loader.mjs')).href);
const { agent } = require('newrelic');
const names = [];
agent.on('transactionFinished', (transaction) => names.push(transaction.name));

globalThis.namesOfRequests = () => names;
