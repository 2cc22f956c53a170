import type { INestApplication } from '@nestjs/common';
import { type AbstractHttpAdapter, ModulesContainer, NestFactory } from '@nestjs/core';
import { StartUp } from '../../app/start-up.js';
import { ConfigurableModuleClass, copyOf } from '../../app/module-definition.js';
import { CorsConfigurationError } from '../../config/issues/configuration-error.js';
import { CliError } from '../cli-error.js';
import type { CliOptions } from '../arguments.js';
import { createAdapter } from './create-adapter.js';
import { findModule, readReference } from './find-file.js';
import { type Constructed, constructOnlyOptions } from './preview.js';
import { loadFunction, loadRootModule, type RootModule } from './root-module.js';
import { DeadlineError, within } from '../../live/deadline.js';

const DEFAULT_TIMEOUT = 30;
/** A day; for more than 24 of them Node's timers ring at once. */
const LONGEST_TIMEOUT = 86_400;
const OWN_COPY = copyOf(ConfigurableModuleClass);

/**
 * The application in Nest's preview mode: its modules and routes, and of its providers only those that the options of
 * `CorsModule` are made from.
 *
 * @throws CliError where it cannot be loaded
 * @throws CorsConfigurationError where its CORS cannot be right
 */
export async function loadApplication(options: CliOptions): Promise<INestApplication> {
  const seconds = Number(options.timeout ?? DEFAULT_TIMEOUT);
  if (!(seconds > 0 && seconds <= LONGEST_TIMEOUT))
    throw new CliError(
      `--timeout ${options.timeout}: a number of seconds is expected, ${LONGEST_TIMEOUT} at most`,
    );
  const reference = findModule(options.module);
  const adapter = await createAdapter(options.platform);
  const constructed = constructOnlyOptions();
  try {
    return await within(seconds * 1000, () => load(reference, adapter, options, constructed));
  } catch (error) {
    throw error instanceof DeadlineError ? new CliError(hanging(seconds, constructed)) : error;
  }
}

async function load(
  reference: ReturnType<typeof findModule>,
  adapter: AbstractHttpAdapter,
  options: CliOptions,
  constructed: Constructed,
): Promise<INestApplication> {
  const root = await loadRootModule(reference);
  const configure =
    options.configure === undefined
      ? undefined
      : await loadFunction(readReference(options.configure, '--configure'));
  const app = await create(root, adapter, constructed);
  checkModule(app, reference.file);
  app.get(StartUp).onlyLook();
  await configure?.(app);
  await app.init();
  return app;
}

async function create(
  root: RootModule,
  adapter: AbstractHttpAdapter,
  constructed: Constructed,
): Promise<INestApplication> {
  try {
    return await NestFactory.create(root, adapter, {
      preview: true,
      abortOnError: false,
      logger: false,
    });
  } catch (error) {
    if (error instanceof CorsConfigurationError) throw error;
    throw new CliError(failing(error, constructed));
  }
}

/** @throws CliError where the application has no `CorsModule`, or one of another copy of this package */
function checkModule(app: INestApplication, file: string): void {
  const modules = [...app.get(ModulesContainer, { strict: false }).values()];
  const copies = modules
    .map(({ metatype }) => copyOf(metatype))
    .filter((copy) => copy !== undefined);
  if (copies.length === 0)
    throw new CliError(
      `the application of ${file} does not import CorsModule, or through another copy of @nestjs/core; run the nestjs-cors that is installed beside it (npx nestjs-cors)`,
    );
  const other = copies.find((copy) => copy !== OWN_COPY);
  if (other !== undefined)
    throw new CliError(
      `CorsModule comes from another copy of nestjs-cors, ${other}, than this program, ${OWN_COPY}; run the one that is installed beside the application, and import or require it everywhere alike`,
    );
}

function failing(error: unknown, { names, current }: Constructed): string {
  const what = error instanceof Error ? error.message : String(error);
  if (current === undefined) return `Nest cannot build the application: ${what}`;
  return `the options of CorsModule cannot be read: ${current} failed with: ${what}\n${onlyThese(names)}`;
}

function hanging(seconds: number, { names, current }: Constructed): string {
  const where =
    current === undefined
      ? 'the files of the application were still being imported: a file that waits for something (top-level await)'
      : `${current} did not settle, so the options of CorsModule cannot be read. ${onlyThese(names)}`;
  return `not loaded within ${seconds} s (--timeout): ${where}`;
}

function onlyThese(names: readonly string[]): string {
  return `Of the application's providers only those that forRootAsync() injects are constructed, here ${names.join(' → ')}. Let it inject configuration alone, or give the policies with forRoot()`;
}
