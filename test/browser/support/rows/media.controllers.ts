import { Controller, Get, Header, Param, Post, Sse, StreamableFile } from '@nestjs/common';
import { type Observable, of, NEVER, concat } from 'rxjs';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CorsPolicy, NoCors } from 'nestjs-cors';
import { A, APP } from './row.js';
import { overHttp } from './fetch.controllers.js';

@Controller('events')
export class EventsController {
  @CorsPolicy({ origin: A, ...overHttp })
  @Sse('session')
  session(): Observable<{ data: string }> {
    return concat(of({ data: 'hello' }), NEVER);
  }

  @CorsPolicy({ origin: '*' })
  @Sse('public')
  public(): Observable<{ data: string }> {
    return this.session();
  }
}

@Controller('beacon')
export class BeaconController {
  @CorsPolicy({ origin: '*', allowedHeaders: '*' }) @Post('star') star(): void {}

  @CorsPolicy({ origin: [A, APP], allowedHeaders: ['content-type'], ...overHttp })
  @Post('listed')
  listed(): void {}
}

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Playwright's trace viewer brings a font along. */
function readFont(): Buffer {
  const root = dirname(createRequire(import.meta.url).resolve('playwright-core/package.json'));
  const directory = join(root, 'lib/vite/traceViewer');
  const name = readdirSync(directory).find((file) => file.endsWith('.ttf'));
  if (name === undefined) throw new Error(`no font in ${directory}`);
  return readFileSync(join(directory, name));
}

const FILES: Readonly<Record<string, () => StreamableFile>> = {
  'module.js': () => new StreamableFile(Buffer.from('export {}'), { type: 'text/javascript' }),
  'font.ttf': () => new StreamableFile(readFont(), { type: 'font/ttf' }),
  'pixel.png': () => new StreamableFile(PIXEL, { type: 'image/png' }),
};

function open(name: string): StreamableFile {
  const file = FILES[name];
  if (file === undefined) throw new Error(`no file ${name}`);
  return file();
}

@Controller('files')
export class FilesController {
  @CorsPolicy({ origin: '*' })
  @Get('everyone/:name')
  everyone(@Param('name') name: string): StreamableFile {
    return open(name);
  }

  @NoCors()
  @Get('nobody/:name')
  nobody(@Param('name') name: string): StreamableFile {
    return open(name);
  }

  @CorsPolicy({ origin: A })
  @Header('Cache-Control', 'max-age=600')
  @Get('listed/:name')
  listed(@Param('name') name: string): StreamableFile {
    return open(name);
  }
}
