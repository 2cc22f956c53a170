import { Controller, Get, Headers, Module, Post, Res, UnauthorizedException } from '@nestjs/common';
import { CorsModule } from 'nestjs-cors';
import { randomUUID } from 'node:crypto';

@Controller('session')
export class SessionController {
  private readonly sessions = new Set<string>();

  @Post() signIn(
    @Res({ passthrough: true }) response: { header(name: string, value: string): unknown },
  ): string {
    const session = randomUUID();
    this.sessions.add(session);
    // The page at app.example.com and the API at api.example.com are one site: Lax is enough, and keeps other sites out.
    response.header(
      'Set-Cookie',
      `__Host-session=${session}; Path=/; Secure; HttpOnly; SameSite=Lax`,
    );
    return 'signed in';
  }

  @Get() whoAmI(@Headers('cookie') cookies = ''): string {
    const [, session = ''] = /__Host-session=([\w-]+)/.exec(cookies) ?? [];
    if (!this.sessions.has(session)) throw new UnauthorizedException();
    return 'somebody';
  }
}

@Module({
  imports: [
    CorsModule.forRoot({
      default: {
        origin: ['https://app.example.com', 'https://partner.example'],
        credentials: ['https://app.example.com'],
      },
    }),
  ],
  controllers: [SessionController],
})
export class CookiesModule {}
