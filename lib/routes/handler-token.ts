import 'reflect-metadata';

/** Of this copy of the package alone: another one in the same process counts for itself. */
const TOKEN = Symbol('nestjs-cors.handler');
let lastToken = 0;

/**
 * A number that names a handler function. Nest copies the metadata of a handler to the callback it registers on the
 * adapter, so the number says which handler a callback runs.
 */
export function handlerToken(handler: object): number {
  const known = tokenOf(handler);
  if (known !== undefined) return known;
  lastToken += 1;
  Reflect.defineMetadata(TOKEN, lastToken, handler);
  return lastToken;
}

/** The number of a handler, or of the handler that Nest made a callback from. */
export function tokenOf(callback: object): number | undefined {
  return Reflect.getOwnMetadata(TOKEN, callback) as number | undefined;
}
