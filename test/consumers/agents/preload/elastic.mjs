// Elastic APM. The name of a request is that of its transaction, read by a filter before it would be sent.
import { createRequire, register } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(`${process.env.AGENTS}/package.json`);
register(pathToFileURL(require.resolve('elastic-apm-node/loader.mjs')));
const apm = require('elastic-apm-node');
const names = [];

apm.start({
  disableSend: true,
  centralConfig: false,
  cloudProvider: 'none',
  logLevel: 'error',
  metricsInterval: '0s',
});
apm.addTransactionFilter((transaction) => {
  names.push(transaction.name);
  return transaction;
});

globalThis.namesOfRequests = () => names;
