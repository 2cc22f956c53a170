#!/usr/bin/env node
import 'reflect-metadata';
import { EXIT } from './cli-error.js';
import { run } from './run.js';

/** Standard output is for the answer alone: an application that prints while it is loaded prints to standard error. */
const print = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr);

/** A connection that an imported file has opened may fail: that is not what was asked. */
for (const event of ['uncaughtException', 'unhandledRejection'])
  process.on(event, (error: unknown) => {
    process.stderr.write(`ignored, of the application: ${String(error)}\n`);
  });

function leave({ text, json, exitCode, asJson }: Awaited<ReturnType<typeof run>>): void {
  const answer = `${asJson ? JSON.stringify(json, undefined, 2) : text}\n`;
  const exit = (): never => process.exit(exitCode);
  if (exitCode === EXIT.failed && !asJson) process.stderr.write(answer, exit);
  else print(answer, exit);
}

async function main(): Promise<void> {
  leave(await run(process.argv.slice(2)));
}

void main();
