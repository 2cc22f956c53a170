/** The middleware of the `cors` package, which it gives this name. */
export function isCorsMiddleware(candidate: unknown): boolean {
  return typeof candidate === 'function' && candidate.name === 'corsMiddleware';
}

/** Every path there is, as Nest, Express and Fastify write it: `*`, `/*`, `*rest`, `{*rest}`, `{/*rest}`, `(.*)`. */
const EVERYWHERE = /^\/?(?:\*\w*|\{\/?\*\w+\}|\(\.\*\))$/;

/** Middleware that is registered for the path sees every request. */
export function coversEverything(path: string): boolean {
  return EVERYWHERE.test(path);
}
