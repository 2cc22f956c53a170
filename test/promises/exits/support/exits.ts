import {
  type ArgumentsHost,
  BadRequestException,
  Body,
  type CanActivate,
  Catch,
  Controller,
  type ExceptionFilter,
  ForbiddenException,
  Get,
  Header,
  HttpCode,
  HttpException,
  Injectable,
  Param,
  ParseIntPipe,
  Post,
  Redirect,
  Req,
  Res,
  ServiceUnavailableException,
  Sse,
  StreamableFile,
  UnauthorizedException,
  UseFilters,
  UseGuards,
} from '@nestjs/common';
import { Readable } from 'node:stream';
import { type Observable, of } from 'rxjs';
import { type Incoming, nodeResponse, type Reply, takeOver } from '../../../support/reply.js';

@Injectable()
class UnauthorizedGuard implements CanActivate {
  canActivate(): boolean {
    throw new UnauthorizedException();
  }
}

@Injectable()
class ForbiddenGuard implements CanActivate {
  canActivate(): boolean {
    return false;
  }
}

class OwnError extends Error {}
class ResettingError extends Error {}

/** Answers in its own words. */
@Catch(OwnError)
class OwnFilter implements ExceptionFilter {
  catch(_error: OwnError, host: ArgumentsHost): void {
    host.switchToHttp().getResponse<Reply>().status(418).send('own words');
  }
}

/** Removes every header that is there before it answers, as some error handlers do. */
@Catch(ResettingError)
class ResettingFilter implements ExceptionFilter {
  catch(_error: ResettingError, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<Reply>();
    const response = nodeResponse(reply);
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    reply.status(500).send('reset');
  }
}

async function* chunks(): AsyncGenerator<string> {
  yield 'one ';
  await new Promise((resolve) => setImmediate(resolve));
  throw new Error('the source broke');
}

/** Every way in which a handler, or what Nest puts around it, can end a request. The caller decorates it with a policy. */
@Controller('exits')
export class ExitsController {
  @Get('json') json(): object {
    return { ok: true };
  }
  @HttpCode(204) @Get('empty') empty(): void {}
  @HttpCode(201) @Post('created') created(@Body() body: unknown): unknown {
    return body;
  }
  @Redirect('/exits/json', 302) @Get('redirect') redirect(): void {}
  @Get('etag') etag(
    @Req() { headers }: Incoming,
    @Res({ passthrough: true }) reply: Reply,
  ): unknown {
    reply.header('ETag', '"v1"');
    if (headers['if-none-match'] !== '"v1"') return 'tagged';
    reply.status(304);
    return undefined;
  }
  @Get('bad-request') badRequest(): never {
    throw new BadRequestException();
  }
  @Get('pipe/:id') pipe(@Param('id', ParseIntPipe) id: number): object {
    return { id };
  }
  @UseGuards(UnauthorizedGuard) @Get('unauthorized') unauthorized(): void {}
  @UseGuards(ForbiddenGuard) @Get('forbidden') forbidden(): void {}
  @Get('forbidden-in-handler') forbiddenInHandler(): never {
    throw new ForbiddenException();
  }
  @Get('too-many') tooMany(): never {
    throw new HttpException('slow down', 429);
  }
  @Get('unavailable') unavailable(): never {
    throw new ServiceUnavailableException();
  }
  @Get('crash') crash(): never {
    throw new Error('unforeseen');
  }
  @Get('rejects') async rejects(): Promise<never> {
    await Promise.resolve();
    throw new Error('unforeseen');
  }
  @UseFilters(OwnFilter) @Get('own-filter') ownFilter(): never {
    throw new OwnError();
  }
  @UseFilters(ResettingFilter) @Get('resetting-filter') resettingFilter(): never {
    throw new ResettingError();
  }

  @Get('file') file(): StreamableFile {
    return new StreamableFile(Buffer.from('a file'), { type: 'text/plain' });
  }
  @Get('stream') stream(): StreamableFile {
    return new StreamableFile(Readable.from(['one ', 'two']));
  }
  @Get('failing-stream') failingStream(): StreamableFile {
    return new StreamableFile(Readable.from(chunks())).setErrorLogger(() => {});
  }
  @Get('broken-stream') brokenStream(): StreamableFile {
    const source = new Readable({ read: () => source.destroy(new Error('never opened')) });
    return new StreamableFile(source).setErrorLogger(() => {});
  }
  @Sse('sse') sse(): Observable<MessageEvent> {
    return of({ data: 'event' } as MessageEvent);
  }

  @Get('res') res(@Res() reply: Reply): void {
    reply.status(202).send('by hand');
  }
  @Get('own-cors') ownCors(@Res({ passthrough: true }) reply: Reply): string {
    reply.header('Access-Control-Allow-Origin', 'https://evil.test');
    reply.header('access-control-allow-credentials', 'true');
    reply.header('Access-Control-Expose-Headers', 'X-Secret');
    reply.header('Access-Control-Allow-Methods', 'DELETE');
    reply.header('Timing-Allow-Origin', '*');
    return 'own';
  }
  @Header('Access-Control-Allow-Origin', '*') @Get('header-decorator') headerDecorator(): string {
    return 'own';
  }
  @Get('own-cors-crash') ownCorsCrash(@Res({ passthrough: true }) reply: Reply): never {
    nodeResponse(reply).setHeader('Access-Control-Allow-Origin', 'https://evil.test');
    throw new Error('unforeseen');
  }

  @Get('hijack') hijack(@Res() reply: Reply): void {
    takeOver(reply).end('taken');
  }
  @Get('write') write(@Res() reply: Reply): void {
    const response = takeOver(reply);
    response.setHeader('Access-Control-Allow-Origin', 'https://evil.test');
    response.write('one ');
    response.end('two');
  }
  @Get('flush') flush(@Res() reply: Reply): void {
    const response = takeOver(reply);
    response.flushHeaders();
    response.end('flushed');
  }
  @Get('head-bare') headBare(@Res() reply: Reply): void {
    takeOver(reply).writeHead(200).end('head');
  }
  @Get('head-object') headObject(@Res() reply: Reply): void {
    takeOver(reply)
      .writeHead(200, {
        'access-control-allow-origin': 'https://evil.test',
        'Access-Control-Allow-Credentials': 'true',
        Vary: 'Accept',
        'X-Kept': 'kept',
      })
      .end('head');
  }
  @Get('head-flat') headFlat(@Res() reply: Reply): void {
    takeOver(reply)
      .writeHead(200, [
        'Access-Control-Allow-Origin',
        'https://evil.test',
        'ACCESS-CONTROL-ALLOW-ORIGIN',
        '*',
        'vary',
        'Accept',
        'X-Kept',
        'kept',
      ])
      .end('head');
  }
  @Get('head-pairs') headPairs(@Res() reply: Reply): void {
    const pairs = [
      ['Access-Control-Allow-Origin', 'https://evil.test'],
      ['Vary', 'Accept'],
      ['X-Kept', 'kept'],
    ];
    takeOver(reply)
      .writeHead(200, pairs as unknown as string[])
      .end('head');
  }
  @Get('head-reason') headReason(@Res() reply: Reply): void {
    takeOver(reply)
      .writeHead(200, 'Fine', {
        'Access-Control-Allow-Origin': '*',
        Vary: 'Accept',
        'X-Kept': 'kept',
      })
      .end('head');
  }
  @Get('hints') hints(@Res() reply: Reply): void {
    const response = takeOver(reply);
    response.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' }, () =>
      response.end('hinted'),
    );
  }
  @Get('trailers') trailers(@Res() reply: Reply): void {
    const response = takeOver(reply);
    response.writeHead(200, { Trailer: 'X-Checksum' });
    response.write('body');
    response.addTrailers({ 'X-Checksum': '7' });
    response.end();
  }

  @Get('vary/:kind') vary(
    @Param('kind') kind: string,
    @Res({ passthrough: true }) reply: Reply,
  ): string {
    reply.header('Vary', kind === 'star' ? '*' : kind.replaceAll('+', ', '));
    return 'varies';
  }
}
