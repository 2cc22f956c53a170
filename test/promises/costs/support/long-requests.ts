import type { HeaderLine, RawRequest } from '../../../support/raw.js';

const KIB = 1024;

/** A server has to be told to accept the longest of them. */
export const MAX_HEADER_SIZE = 256 * KIB;

export const SIZES = [4, 16, 64].map((size) => size * KIB);

/** Requests of which one part is about as long as asked. */
export const LONG: Readonly<Record<string, (size: number) => RawRequest>> = {
  'Access-Control-Request-Headers of commas': (size) => asking(','.repeat(size)),
  'Access-Control-Request-Headers of blanks': (size) => asking(`a${' '.repeat(size)},b`),
  'Access-Control-Request-Headers of names': (size) => asking('x-a,'.repeat(size / 4)),
  'Access-Control-Request-Headers, line by line': (size) => ({
    ...asking('x'),
    headers: [
      ...(asking('x').headers ?? []),
      ...Array.from({ length: size / 40 }, (): HeaderLine => [
        'Access-Control-Request-Headers',
        ',',
      ]),
    ],
  }),
  'Access-Control-Request-Method': (size) => asking('x', 'P'.repeat(size)),
  'an Origin of labels': (size) => asking('x', 'PUT', `https://${'a.'.repeat(size / 2)}a.example`),
  'an Origin of one label': (size) => asking('x', 'PUT', `https://${'a'.repeat(size)}`),
  'a path of segments': (size) => asking('x', 'PUT', undefined, `/files/${'a/'.repeat(size / 2)}`),
  'a path of slashes': (size) => asking('x', 'PUT', undefined, `/files${'/'.repeat(size)}`),
  'a path of dot segments': (size) =>
    asking('x', 'PUT', undefined, `/files/${'a/../'.repeat(size / 5)}`),
  'a path of escapes': (size) => asking('x', 'PUT', undefined, `/files/${'%2e'.repeat(size / 3)}`),
  'a path of semicolons': (size) => asking('x', 'PUT', undefined, `/shop/${';'.repeat(size)}`),
  'a routed path': (size) => asking('x', 'PUT', undefined, `/shop/${'a'.repeat(size)}`),
  'a query': (size) => asking('x', 'PUT', undefined, `/shop/1?${'a=b&'.repeat(size / 4)}`),
  'an absolute-form target': (size) =>
    asking('x', 'PUT', undefined, `http://${'a'.repeat(size)}/shop/1`),
  'an actual request with all of them': (size) => ({
    path: `/files/${'a/%2e'.repeat(size / 10)}`,
    headers: [
      ['Origin', `https://${'a.'.repeat(size / 4)}a.example`],
      ['X-Forwarded-Host', ','.repeat(size / 4)],
      ['Host', 'a'.repeat(size / 4)],
    ],
  }),
};

function asking(
  headers: string,
  method = 'PUT',
  origin = 'https://app.example.com',
  path = '/shop/1',
): RawRequest {
  return {
    method: 'OPTIONS',
    path,
    headers: [
      ['Origin', origin],
      ['Access-Control-Request-Method', method],
      ['Access-Control-Request-Headers', headers],
    ],
  };
}
