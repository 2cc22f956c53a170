// An application with a service behind it, and many `paths`: what a target costs that services may read in several ways.
import { InProcess } from './in-process.mjs';
import { bootWith } from './routes.mjs';
import { serveCases } from './serve-cases.mjs';
import { load } from './subject.mjs';
import { areas, HOSTILE, PLAIN } from './targets.mjs';

const { platform, entries } = JSON.parse(process.argv[2]);
const app = await bootWith(platform, [], { paths: areas(entries) }, (nest) =>
  // Takes everything: a platform's own 404 costs several times what any decision does.
  nest.use((_request, response) => response.end('from upstream')),
);
const inProcess = new InProcess(app.getHttpServer());
const { Decisions } = await load('app/decisions.js');
const { chooser } = app.get(Decisions, { strict: false });
const headers = { host: 'api.example.com', origin: 'https://app.example.com' };

const request = (url) => async () =>
  (await inProcess.send({ method: 'GET', url, headers })).statusCode;
const lookUp = (url) => () => chooser.beyondRoutes(url).source;

const targets = Object.entries({ plain: PLAIN, ...HOSTILE });
const cases = Object.fromEntries(
  targets.flatMap(([name, url]) => [
    [`request: ${name}`, request(url)],
    [`look-up: ${name}`, lookUp(url)],
  ]),
);

serveCases(cases, {
  run: async ({ name, count }) => {
    const ask = cases[name];
    const before = process.cpuUsage();
    for (let index = 0; index < count; index++) {
      const answer = ask();
      if (answer instanceof Promise) await answer;
    }
    const { user, system } = process.cpuUsage(before);
    return user + system;
  },
});
