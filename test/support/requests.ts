import { APP } from './origins.js';
import type { HeaderLine, RawRequest } from './raw.js';

export function preflight(
  path: string,
  method: string,
  origin = APP,
  requestHeaders?: string,
  further: readonly HeaderLine[] = [],
): RawRequest {
  const headers: HeaderLine[] = [
    ['Origin', origin],
    ['Access-Control-Request-Method', method],
  ];
  if (requestHeaders !== undefined)
    headers.push(['Access-Control-Request-Headers', requestHeaders]);
  return { method: 'OPTIONS', path, headers: [...headers, ...further] };
}

export function request(
  method: string,
  path: string,
  origin?: string,
  further: readonly HeaderLine[] = [],
  body?: string,
): RawRequest {
  const headers: HeaderLine[] = origin === undefined ? [] : [['Origin', origin]];
  return {
    method,
    path,
    headers: [...headers, ...further],
    ...(body === undefined ? {} : { body }),
  };
}

export function get(
  path: string,
  origin?: string,
  further: readonly HeaderLine[] = [],
): RawRequest {
  return request('GET', path, origin, further);
}
