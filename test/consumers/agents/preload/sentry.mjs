// Sentry. The name of a request is that of its transaction, read when it is about to be sent.
import { pathToFileURL } from 'node:url';

// The module for `import`: only that one watches what an application imports.
const file = `${process.env.AGENTS}/node_modules/@sentry/node/build/esm/index.js`;
const Sentry = await import(pathToFileURL(file).href);
const names = [];

Sentry.init({
  dsn: 'http://key@127.0.0.1:1/1',
  tracesSampleRate: 1,
  integrations: [
    // Otherwise it drops what ends with 401.
    Sentry.httpIntegration({ dropSpansForIncomingRequestStatusCodes: [] }),
  ],
  beforeSendTransaction(event) {
    names.push(event.transaction);
    return null;
  },
});

globalThis.namesOfRequests = () => names;
