import type { AbstractHttpAdapter, HttpAdapterHost } from '@nestjs/core';

/**
 * Calls back with the HTTP adapter: at once, or when it is set. `Test.createTestingModule()` sets it after the providers
 * exist; microservices and application contexts never do.
 */
export function whenAdapterAppears(
  host: HttpAdapterHost,
  callback: (adapter: AbstractHttpAdapter) => void,
): void {
  if (host.httpAdapter) {
    callback(host.httpAdapter);
    return;
  }
  const inherited = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(host), 'httpAdapter');
  Object.defineProperty(host, 'httpAdapter', {
    configurable: true,
    enumerable: true,
    get: () => inherited?.get?.call(host) as unknown,
    set: (adapter: AbstractHttpAdapter | null) => {
      restore(host, inherited);
      host.httpAdapter = adapter as AbstractHttpAdapter;
      if (adapter) callback(adapter);
    },
  });
}

/** Nest 11.2 and later declare an accessor on the class, earlier versions a plain property. */
function restore(host: HttpAdapterHost, inherited: PropertyDescriptor | undefined): void {
  if (inherited !== undefined) {
    delete (host as { httpAdapter?: unknown }).httpAdapter;
    return;
  }
  Object.defineProperty(host, 'httpAdapter', {
    configurable: true,
    enumerable: true,
    writable: true,
    value: undefined,
  });
}
