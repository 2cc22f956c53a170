// How much of the start-up of a large application is this package's: checking, compiling, recording routes, the table.
// A sampling profiler tells whose code is running. Run after `npm run build`: node test/promises/costs/startup-share.mjs
import 'reflect-metadata';
import { execFileSync } from 'node:child_process';
import { Session } from 'node:inspector/promises';
import { fileURLToPath } from 'node:url';
import { Controller, Get, Module, Post, Put } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { CorsModule, CorsPolicy, NoCors } from '../../../dist/tsc/index.js';

const ROUTES = 10_000;
const POLICIES = 200;
const PER_CONTROLLER = 50;
const RUNS = 5;
const TARGET = 0.1;
const INTERVAL = 250;

/** Every tenth policy has an expression, every fourth builds on another, all have several origins. */
function policies() {
  return Object.fromEntries(
    Array.from({ length: POLICIES }, (_, index) => {
      const origin = [`https://app-${index}.example.com`, `https://*.tenant-${index}.example.net`];
      if (index % 10 === 0)
        origin.push(new RegExp(`^https://(?:[a-z0-9-]+\\.)?shop-${index}\\.example$`));
      const own = { origin, credentials: true, allowedHeaders: ['Authorization', 'X-Tenant'] };
      return [`p${index}`, index % 4 === 3 ? { extends: `p${index - 1}`, maxAge: index } : own];
    }),
  );
}

/** Fifty handlers under one policy: most by inheritance, some by a name or options of their own, some without. */
function controller(index) {
  class Large {}
  const methods = [Get, Post, Put];
  for (let at = 0; at < PER_CONTROLLER; at += 1) {
    Large.prototype[`handler${at}`] = () => at;
    const descriptor = Object.getOwnPropertyDescriptor(Large.prototype, `handler${at}`);
    const decorate = (decorator) => decorator(Large.prototype, `handler${at}`, descriptor);
    decorate(methods[at % 3](at % 2 ? `items-${at}/:id` : `items-${at}`));
    if (at % 10 === 0) decorate(CorsPolicy(`p${(index + at) % POLICIES}`));
    if (at % 25 === 1) decorate(CorsPolicy({ extends: 'parent', maxAge: at }));
    if (at % 25 === 2) decorate(NoCors());
  }
  CorsPolicy(`p${index % POLICIES}`)(Large);
  Controller(`area-${index}`)(Large);
  return Large;
}

function application() {
  class App {}
  const controllers = Array.from({ length: ROUTES / PER_CONTROLLER }, (_, index) =>
    controller(index),
  );
  const cors = CorsModule.forRoot({ default: 'p0', policies: policies() });
  Module({ imports: [cors], controllers })(App);
  return App;
}

const ADAPTERS = { express: ExpressAdapter, fastify: FastifyAdapter };

/** One start-up, with the microseconds of every owner. */
async function measure(platform) {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: INTERVAL });
  const app = application();
  await session.post('Profiler.start');
  const nest = await NestFactory.create(app, new ADAPTERS[platform](), { logger: false });
  await nest.init();
  const { profile } = await session.post('Profiler.stop');
  await nest.close();
  return owners(profile);
}

const OURS = /\/dist\/tsc\/(.*)/;
const CHECKING = /^(?:config|decorators|paths\/(?:check|read)-|routes\/check|app\/application-)/;

/**
 * From the outermost frame inwards: what we call is ours, until it is the adapter's registration, which Nest would have
 * called without us. Frames of neither inherit their caller's owner.
 */
function ownerOf({ callFrame: { url, functionName } }, caller) {
  const [, file] = OURS.exec(url) ?? [];
  if (file?.startsWith('config/origins/language/') || (file && caller === 'audit')) return 'audit';
  if (file) return CHECKING.test(file) ? 'checking' : 'recording';
  if (/@nestjs\/platform-|core\/adapters\//.test(url)) return 'nest';
  return functionName === '(idle)' ? 'idle' : caller;
}

/** Samples, not the time between them: that also passes while the process waits for a processor. */
function owners({ nodes, samples }) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const owner = new Map();
  const visit = (node, caller) => {
    owner.set(node.id, ownerOf(node, caller));
    for (const child of node.children ?? []) visit(byId.get(child), owner.get(node.id));
  };
  visit(nodes[0], 'nest');
  const spent = { checking: 0, recording: 0, audit: 0, nest: 0, idle: 0 };
  for (const id of samples) spent[owner.get(id)] += INTERVAL;
  return spent;
}

const median = (values) => values.toSorted((left, right) => left - right)[values.length >> 1];
const percent = (share) => `${(share * 100).toFixed(1)} %`;

function report(platform) {
  const script = fileURLToPath(import.meta.url);
  const runs = Array.from({ length: RUNS }, () =>
    JSON.parse(execFileSync(process.execPath, [script, platform], { encoding: 'utf8' })),
  );
  const share = (who) => median(runs.map((run) => run[who] / run.nest));
  const nest = median(runs.map((run) => run.nest)) / 1000;
  const verdict = share('checking') < TARGET ? 'within' : 'MISSES';
  console.log(
    `${platform}: Nest ${nest.toFixed(0)} ms; validation and compilation ${percent(share('checking'))} of it (${verdict} ${percent(TARGET)}), RegExp audit ${percent(share('audit'))}, recording routes and their table ${percent(share('recording'))}`,
  );
  return share('checking') < TARGET;
}

const [only] = process.argv.slice(2);
if (only === undefined) {
  console.log(`${ROUTES} routes, ${POLICIES} policies, medians of ${RUNS} processes`);
  process.exitCode = Object.keys(ADAPTERS).map(report).every(Boolean) ? 0 : 1;
} else {
  console.log(JSON.stringify(await measure(only)));
}
