import type { IncomingMessage, ServerResponse } from 'node:http';

/** A middleware that ends some requests (`?ended-by=middleware`), and sends others elsewhere (`?to=`, `/rewritten`). */
export function endOrRewrite(
  request: IncomingMessage,
  response: ServerResponse,
  next: () => void,
): void {
  const { searchParams, pathname } = new URL(request.url ?? '/', 'http://localhost');
  const target = searchParams.get('to') ?? (pathname === '/rewritten' ? '/exits/json' : undefined);
  if (target !== undefined) request.url = target;
  if (searchParams.get('ended-by') !== 'middleware') return next();
  response.writeHead(401, searchParams.has('own') ? { 'Access-Control-Allow-Origin': '*' } : {});
  response.end();
}
