import 'reflect-metadata';

/** Of this copy of the package alone: another one in the same process counts for itself. */
const TOKEN = Symbol('nestjs-cors.handler');
/** Faster to ask than metadata. */
const tokens = new WeakMap<object, number>();
let lastToken = 0;

/**
 * A number that names a handler function. Nest copies the metadata of a handler to the callback it registers on the
 * adapter, so the number says which handler a callback runs.
 */
export function handlerToken(handler: object): number {
  const known = tokens.get(handler);
  if (known !== undefined) return known;
  lastToken += 1;
  tokens.set(handler, lastToken);
  Reflect.defineMetadata(TOKEN, lastToken, handler);
  return lastToken;
}

/** The number of the handler that Nest made a callback from. */
export function tokenOf(callback: object): number | undefined {
  return Reflect.getOwnMetadata(TOKEN, callback) as number | undefined;
}
