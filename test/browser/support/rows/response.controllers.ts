import {
  type CanActivate,
  Controller,
  ForbiddenException,
  Get,
  Header,
  Headers,
  HttpException,
  Injectable,
  Param,
  ParseIntPipe,
  Post,
  Redirect,
  Req,
  Res,
  UnauthorizedException,
  UseGuards,
} from '@nestjs/common';
import { CorsPolicy } from 'nestjs-cors';
import { A } from './row.js';

@Injectable()
class Unauthorized implements CanActivate {
  canActivate(): boolean {
    throw new UnauthorizedException();
  }
}

@Injectable()
class Forbidden implements CanActivate {
  canActivate(): boolean {
    throw new ForbiddenException();
  }
}

@CorsPolicy({ origin: A })
@Controller('status')
export class StatusController {
  @UseGuards(Unauthorized) @Get('401') unauthorized(): void {}
  @UseGuards(Forbidden) @Get('403') forbidden(): void {}
  @Post('413') tooLarge(): void {}

  @Get('thrown/:status')
  thrown(@Param('status', ParseIntPipe) status: number): never {
    throw new HttpException('thrown', status);
  }
}

/** Where a redirect of the platform-independent kind goes. */
interface To {
  readonly url: string;
}

@CorsPolicy({ origin: A })
@Controller('redirect')
export class RedirectController {
  @Redirect('/list', 302) @Get('near') near(): void {}

  @Redirect('', 302)
  @Get('far')
  far(@Headers('host') host: string): To {
    return { url: `http://${host.replace('api', 'cdn')}/list` };
  }

  @Redirect('', 307)
  @Get('far-again')
  farAgain(@Headers('host') host: string): To {
    return this.far(host);
  }

  /** As servers of files do: a directory's URL ends with a slash. */
  @Get('directory')
  directory(@Req() request: { url: string }, @Res({ passthrough: true }) response: Reply): string {
    if (!request.url.endsWith('/')) {
      response.status(301);
      response.header('Location', `${request.url}/`);
    }
    return 'index';
  }
}

/** What Express's response and Fastify's reply have in common. */
interface Reply {
  status(code: number): unknown;
  header(name: string, value: string): unknown;
}

@CorsPolicy({ origin: [A, 'http://a.page.example', 'http://b.page.example'] })
@Controller('cacheable')
export class CacheableController {
  @Header('Cache-Control', 'max-age=600')
  @Get()
  read(): string {
    return 'kept';
  }

  private asked = 0;

  @CorsPolicy({ origin: A, exposedHeaders: ['ETag', 'X-Asked'] })
  @Header('Cache-Control', 'no-cache')
  @Header('ETag', '"first"')
  @Get('etag')
  conditional(
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) response: Reply,
  ): string {
    response.header('X-Asked', String(++this.asked));
    if (known === '"first"') response.status(304);
    return 'body';
  }
}
