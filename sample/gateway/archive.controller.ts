import { All, Controller, Req, Res } from '@nestjs/common';
import { CorsPolicy } from 'nestjs-cors';
import { PORTS } from './services/index.js';

/** The part that Express's and Fastify's requests have in common. */
interface Incoming {
  readonly method: string;
  readonly url: string;
}

/** The part that Express's response and Fastify's reply have in common. */
interface Reply {
  status(code: number): unknown;
  header(name: string, value: string): unknown;
}

/** Headers of the connection to the service, and of the form that its body had there. */
const ITS_OWN = [
  'connection',
  'content-encoding',
  'content-length',
  'keep-alive',
  'transfer-encoding',
];

/**
 * Forwards everything below `/archive` to the service of another team. One handler serves paths that are partners' and paths
 * that are everybody's, so the entry of `paths` that covers the target decides.
 */
@CorsPolicy('paths')
@Controller('archive')
export class ArchiveController {
  @All('*rest')
  async forward(
    @Req() { method, url }: Incoming,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<string> {
    const answer = await fetch(`http://127.0.0.1:${PORTS.reports}${url}`, { method });
    reply.status(answer.status);
    for (const [name, value] of answer.headers) {
      if (!ITS_OWN.includes(name)) reply.header(name, value);
    }
    return answer.text();
  }
}
