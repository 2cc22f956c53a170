import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { IncomingHttpHeaders } from 'node:http';

const OWN = [undefined, 'same-origin', 'none'];

/**
 * Lets in the page itself, whoever types its address, and what is no browser. Without CORS no other site reads what the page
 * loads; this keeps other sites from asking at all, so that none can hold streams open or have predicates run.
 */
@Injectable()
export class OwnPageGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<{ headers: IncomingHttpHeaders }>();
    const { 'sec-fetch-site': site, 'sec-fetch-mode': mode } = headers;
    return mode === 'navigate' || OWN.includes(site?.toString());
  }
}
