import { parseArgs } from 'node:util';
import { CliError } from './cli-error.js';

export const USAGE = `nestjs-cors: the CORS of an application, without starting it

  nestjs-cors routes                        every place and the policy that holds there
  nestjs-cors explain <method> <url> --origin <origin> [--header <name>]…
                                            what a browser on that origin would be answered, and why
  nestjs-cors check                         mistakes and warnings, as at start-up
  nestjs-cors manifest [--service <name>]   everything that decides, as JSON
  nestjs-cors diff <before> [after]         where two manifests answer differently; <after> is the application if left out
  nestjs-cors export [manifest] --target <engine> [--out <folder>] [--listen <address>] [--upstream <address>] [--accept <code>]…
                                            the same answers from nginx, haproxy, caddy or gateway-api, and what they cannot say
  nestjs-cors publish <lists.json> --store <url> --key <key> [--bucket <name>] [--dry-run] [--expected <revision>]
                                            the lists of live policies, checked and compared before they are written
  nestjs-cors live status                   the state of the source of live policies, or of a --store, and whether it is accepted

  -m, --module <file[#Export]>   the root module: dist/app.module.js, src/app.module.ts   (these are looked for)
  -p, --platform <name>          express or fastify                                        (express, if it is installed)
      --configure <file[#Export]>  a function (app) => void that does what main.ts does before listen(): prefix, versioning
      --timeout <seconds>        how long loading may take                                 (30)
      --json                     JSON instead of text
      --store <url>              redis:// or rediss://, nats:// or tls://; --key of the state, --bucket in NATS
      --dry-run                  compare, and write nothing
      --expected <revision>      the revision that the store has to have, 0 for none       (the one that was compared)
  -h, --help

Exit codes: 0 as it should be; 1 something was found; 2 the command line is wrong, or the application or its store cannot be reached.
https://www.npmjs.com/package/nestjs-cors, docs/cli.md`;

const OPTIONS = {
  module: { type: 'string', short: 'm' },
  platform: { type: 'string', short: 'p' },
  configure: { type: 'string' },
  timeout: { type: 'string' },
  json: { type: 'boolean' },
  origin: { type: 'string' },
  header: { type: 'string', multiple: true },
  service: { type: 'string' },
  target: { type: 'string' },
  out: { type: 'string' },
  listen: { type: 'string' },
  upstream: { type: 'string' },
  accept: { type: 'string', multiple: true },
  store: { type: 'string' },
  key: { type: 'string' },
  bucket: { type: 'string' },
  'dry-run': { type: 'boolean' },
  expected: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** The options of a command line. */
export type CliOptions = ReturnType<typeof read>['values'];

/** A command line, read. */
export interface CommandLine {
  readonly command: string | undefined;
  readonly operands: readonly string[];
  readonly options: CliOptions;
}

/** @throws CliError for an option that does not exist, or that lacks its value */
export function readCommandLine(args: readonly string[]): CommandLine {
  const { values, positionals } = read(args);
  const [command, ...operands] = positionals;
  return { command, operands, options: values };
}

function read(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    throw new CliError(`${(error as Error).message}\n\n${USAGE}`);
  }
}
