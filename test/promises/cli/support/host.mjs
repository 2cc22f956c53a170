// The command line, again and again in one process: Nest is loaded once, and not once a run.
//   node host.mjs <main.js of the package>, in the folder of a project
// Each run evaluates the entry anew, and is over where that would end the process. Modules of the application stay loaded.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [node, , main] = process.argv;
const { cache } = createRequire(main);
const send = process.send.bind(process);
let runs = 0;

/** A stream's `write` that keeps the text. */
function keepIn(texts) {
  return (text, ...rest) => {
    texts.push(String(text));
    const written = rest.at(-1);
    if (typeof written === 'function') setImmediate(written);
    return true;
  };
}

/** The package evaluates the code behind its faces once in a process. */
function forgetCode() {
  for (const file of Object.keys(cache)) if (/cli.main\.code\.js$/.test(file)) delete cache[file];
}

async function run({ args, environment }) {
  const [out, error] = [[], []];
  process.argv = [node, main, ...args];
  Object.assign(process.env, environment);
  process.stdout.write = keepIn(out);
  process.stderr.write = keepIn(error);
  forgetCode();
  const code = await new Promise((resolve, reject) => {
    process.exit = resolve;
    import(`${pathToFileURL(main)}?${(runs += 1)}`).catch(reject);
  });
  for (const event of ['uncaughtException', 'unhandledRejection'])
    process.removeAllListeners(event);
  for (const name of Object.keys(environment)) delete process.env[name];
  return { code, out: out.join(''), error: error.join('') };
}

process.on('message', (asked) => void run(asked).then(send));
