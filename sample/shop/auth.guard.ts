import {
  type CanActivate,
  type ExecutionContext,
  Injectable,
  SetMetadata,
  UnauthorizedException,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';

/** Marks what everyone may use without signing in. */
export const Anonymous = (): MethodDecorator & ClassDecorator => SetMetadata('anonymous', true);

/** A global guard, as most applications have one: without a token or a session cookie, 401. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>('anonymous', targets)) return true;
    const { headers } = context
      .switchToHttp()
      .getRequest<{ headers: Record<string, string | undefined> }>();
    if (headers['authorization'] === 'Bearer shop' || headers['cookie']?.includes('session=shop'))
      return true;
    throw new UnauthorizedException();
  }
}
