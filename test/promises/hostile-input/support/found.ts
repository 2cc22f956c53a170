import type { WireRequest } from '../../../support/connection.js';

/** Requests that the fuzz runs brought up, and that every later run sends again. */
export interface Found extends WireRequest {
  readonly name: string;
}

const CORS = 'Origin: https://default.example\r\nAccess-Control-Request-Method: PUT\r\n\r\n';

export const FOUND: readonly Found[] = [
  {
    name: 'an absolute-form target whose authority no URL parser takes',
    method: 'OPTIONS',
    bytes: `OPTIONS http://[::1/shop HTTP/1.1\r\nHost: localhost\r\n${CORS}`,
  },
  {
    name: 'the same with a method of its own',
    method: 'PUT',
    bytes: `PUT http://[::1/shop/1 HTTP/1.1\r\nHost: localhost\r\n${CORS}`,
  },
  {
    name: 'a scheme that no URL parser takes with that authority',
    method: 'OPTIONS',
    bytes: `OPTIONS lhttp://[::1/shop HTTP/1.1\r\nHost: localhost\r\n${CORS}`,
  },
  {
    name: 'a preflight of the server as a whole',
    method: 'OPTIONS',
    bytes: `OPTIONS * HTTP/1.1\r\nHost: localhost\r\n${CORS}`,
  },
];
