import { Controller, Module, Post } from '@nestjs/common';
import { CorsModule, CorsPolicy, NoCors } from 'nestjs-cors';

@CorsPolicy('app')
@Controller('session')
export class SessionController {
  /** 403 for another site's form. */
  @Post() signIn(): string {
    return 'signed in';
  }

  /** Runs; no other site's script may read the answer. */
  @NoCors() @Post('saml') assertion(): string {
    return 'signed in by the identity provider';
  }
}

@Module({
  imports: [
    CorsModule.forRoot({
      policies: { app: { origin: 'https://app.example.com', denied: 'reject' } },
    }),
  ],
  controllers: [SessionController],
})
export class FormPostsModule {}
