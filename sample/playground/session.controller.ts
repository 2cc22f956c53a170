import { Controller, Header, Post } from '@nestjs/common';
import { Anonymous } from '../shop/auth.guard.js';

/** Signs the dashboard in: same site, so the cookie travels without `SameSite=None`. */
@Anonymous()
@Controller('session')
export class SessionController {
  @Post()
  @Header('Set-Cookie', 'session=shop; Path=/; HttpOnly; SameSite=Lax')
  signIn(): object {
    return { signedIn: true };
  }
}
