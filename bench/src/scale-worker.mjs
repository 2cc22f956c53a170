// One application of some size in a process of its own; measures what it is asked for and says so.
import { decisionsOf } from './decisions.mjs';
import { ORIGINS } from './requests.mjs';
import { bootWith, describeApplication, optionsFor } from './routes.mjs';
import { serveCases } from './serve-cases.mjs';
import { load } from './subject.mjs';

const {
  platform,
  routes = 20,
  policies = 1,
  entries = 0,
  live = false,
} = JSON.parse(process.argv[2]);
const { controllers, targets } = describeApplication(routes);
const options = {
  ...optionsFor(ORIGINS, policies),
  ...(entries > 0 && { paths: proxied(entries) }),
};
const decisions = await decisionsOf(
  await bootWith(platform, controllers, live ? await besideLive(options) : options),
);

/** As a gateway forwards to so many services; the last one is asked for. */
function proxied(count) {
  const paths = Array.from({ length: count }, (_, index) => `/service-${index}/*rest`);
  return paths.map((path) => ({ path, policy: 'policy0' }));
}

/** The same with a live policy, which no route has. */
async function besideLive({ policies: named, ...others }) {
  const { fromSource } = await load();
  const state = { format: 1, revision: 1, policies: { live: { origin: ORIGINS } } };
  const source = { name: 'memory', read: async (held) => (held === 1 ? 'unchanged' : state) };
  const shape = { origin: fromSource(), credentials: true, maxAge: 60 };
  return { ...others, policies: { ...named, live: shape }, live: { source, pollEvery: 60_000 } };
}

const preflight = {
  origin: ORIGINS[1],
  host: 'api.example.com',
  'access-control-request-method': 'GET',
  'access-control-request-headers': 'authorization,content-type',
};
const actual = { origin: ORIGINS[1], host: 'api.example.com' };
const names = Array.from({ length: 1400 }, (_, index) => `x-name-${index % 1000}`).reverse();

function sending(headers, target = targets.parametrised) {
  const sent = { ...preflight, ...headers };
  return () => decisions.preflight('OPTIONS', target, sent).status;
}

serveCases({
  'preflight, static': sending({}, targets.static),
  'preflight, parametrised': sending({}),
  'preflight, proxied': sending({}, `/service-${entries - 1}/orders/42`),
  'actual, handled': () => decisions.handled('GET', targets.parametrised, actual).status,
  'actual, not handled': () => decisions.unhandled('GET', targets.parametrised, actual).status,
  'hostile: 14 KB of commas': sending({ 'access-control-request-headers': ','.repeat(14_000) }),
  'hostile: 14 KB of names, unsorted': sending({
    'access-control-request-headers': names.join(','),
  }),
  'hostile: 14 KB of blanks': sending({
    'access-control-request-headers': `a${' '.repeat(14_000)}`,
  }),
  'hostile: 15 KB of Origin': sending({ origin: `https://${'a.'.repeat(7500)}example.com` }),
  'hostile: 300 characters of Origin': sending({
    origin: `https://${'a.'.repeat(145)}example.com`,
  }),
  'largest list that passes: 100 names, upper case, blanks': sending({
    'access-control-request-headers': names.slice(0, 100).join(' ,\t ').toUpperCase(),
  }),
});
