import {
  type INestApplication,
  type LoggerService,
  type ModuleMetadata,
  type Type,
} from '@nestjs/common';
import { type AbstractHttpAdapter, NestFactory } from '@nestjs/core';
import {
  CorsConfigurationError,
  type CorsConfigurationIssue,
  type CorsIssueCode,
  CorsModule,
  type CorsModuleExtras,
  type CorsModuleOptions,
} from 'nestjs-cors';
import { createAdapter, type PlatformName } from '../../../support/platforms.js';

/** What a configuration came to. */
export interface Report {
  readonly errors: readonly CorsConfigurationIssue[];
  readonly warnings: readonly Omit<CorsConfigurationIssue, 'value'>[];
}

export type Reporting = () => Promise<Report>;

type Options = CorsModuleOptions & CorsModuleExtras;

async function inEnvironment<Result>(
  production: boolean,
  work: () => Result | Promise<Result>,
): Promise<Result> {
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = production ? 'production' : 'test';
  try {
    return await work();
  } finally {
    process.env['NODE_ENV'] = before;
  }
}

/** `CorsModule.validate()`, with options as an application in JavaScript may write them. */
export function validating(options: unknown, production = false): Reporting {
  return () => inEnvironment(production, () => CorsModule.validate(options as Options));
}

export interface Application extends ModuleMetadata {
  readonly controllers?: Type[];
  readonly options?: unknown;
  readonly adapter?: (platform: PlatformName) => AbstractHttpAdapter;
  readonly configure?: (app: INestApplication) => unknown;
  /** Runs once the application has started. */
  readonly use?: (app: INestApplication) => Promise<void>;
}

const WARNING = /^(\S.*?): (.*) \(node_modules\/nestjs-cors\/docs\/errors\.md#([a-z-]+)\)$/s;

/** Reads log lines back into issues: what is not linked to its section is not found. */
class ReadingLogger implements LoggerService {
  readonly warnings: Report['warnings'][number][] = [];

  warn(line: unknown): void {
    const [, where = '', message = '', code = ''] = WARNING.exec(String(line)) ?? [];
    this.warnings.push({ where, message, code: code as CorsIssueCode });
  }
  log(): void {}
  error(): void {}
}

class RootModule {}

/** A real application, started and stopped again. */
export function starting(
  application: Application,
  platform: PlatformName,
  production = false,
): Reporting {
  return () => inEnvironment(production, () => start(application, platform));
}

async function start(
  { options = {}, adapter = createAdapter, configure, use, imports = [], ...metadata }: Application,
  platform: PlatformName,
): Promise<Report> {
  const logger = new ReadingLogger();
  let app: INestApplication | undefined;
  try {
    const module = {
      module: RootModule,
      ...metadata,
      imports: [CorsModule.forRoot(options as Options), ...imports],
    };
    app = await NestFactory.create(module, adapter(platform), { abortOnError: false, logger });
    await configure?.(app);
    await app.listen(0, '127.0.0.1');
    await use?.(app);
    return { errors: [], warnings: logger.warnings };
  } catch (error) {
    if (!(error instanceof CorsConfigurationError)) throw error;
    return { errors: error.issues, warnings: logger.warnings };
  } finally {
    await app?.close();
  }
}
