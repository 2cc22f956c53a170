import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { loadSources } from './sources.mjs';

const require = createRequire(import.meta.url);
/** jest's own framework, which asks a runtime for modules. */
const { default: runFramework } = require('jest-circus/runner');
/** Handlers of the framework's events; those of the suite before belong to another load of it. */
const HANDLERS = Symbol.for('EVENT_HANDLERS');

/** Frames of a stack, in applications; jest's hundred make each of the many errors that Nest answers dearer. */
const NODES_OWN_LIMIT = 10;

loadSources();
process.setSourceMapsEnabled(true);

/** How often each suite was loaded: the second time in one worker (`--watch`) takes another name, or nothing would run. */
const loads = new Map();

function addressOf(path) {
  const times = loads.get(path) ?? 0;
  loads.set(path, times + 1);
  const { href } = pathToFileURL(path);
  return times === 0 ? href : `${href}?${times}`;
}

/** The loader of Node in place of jest's: a module is loaded once a worker, and not once a suite in a context of its own. */
const runtime = {
  requireInternalModule(path) {
    delete require.cache[path];
    delete globalThis[HANDLERS];
    return require(path);
  },
  requireModule: require,
  unstable_shouldLoadAsEsm: () => true,
  unstable_importModule: (path) => import(addressOf(path)),
  setGlobalsForRuntime: () => undefined,
  enterTestCode: () => undefined,
  leaveTestCode: () => undefined,
};

/** @returns puts back what a suite changes that is there for all of them */
function remember() {
  const environment = { ...process.env };
  const names = new Set(Object.getOwnPropertyNames(globalThis));
  return () => {
    for (const name of Object.keys(process.env))
      if (!(name in environment)) delete process.env[name];
    Object.assign(process.env, environment);
    for (const name of Object.getOwnPropertyNames(globalThis))
      if (!names.has(name)) Reflect.deleteProperty(globalThis, name);
  };
}

/**
 * A `testRunner` of jest that runs a suite in the realm of its worker. Nest and its platforms take two seconds to load, which two hundred
 * suites do not wait for again; and an `Error` of a test is the `Error` of Node, as in the applications of users.
 */
export default async function runSuite(globalConfig, config, _environment, _runtime, path, send) {
  const restore = remember();
  // jest's reads maps of what jest translates. Node's reads those of the loader.
  delete Error.prepareStackTrace;
  Error.stackTraceLimit = NODES_OWN_LIMIT;
  try {
    return await runFramework(globalConfig, config, { global: globalThis }, runtime, path, send);
  } finally {
    restore();
  }
}
