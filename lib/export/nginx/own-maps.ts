import { expression } from './maps.js';

/** Maps of nginx alone, for the lookups: the path as it was sent. */
export const TARGET_MAP = `map $request_uri $cors_target {
  default "";
  ${expression('^(?<cors_before_query>[^?]*)')} $cors_before_query;
}`;

/** The Origin is that of the Host, which may name the default port. */
export const OWN_HOST_MAP = `map "$http_origin $http_host" $cors_own_host {
  default 403;
  ${expression('^https?://([^ ]+) \\1$', true)} "";
  ${expression('^http://([^ ]+) \\1:80$', true)} "";
  ${expression('^https://([^ ]+) \\1:443$', true)} "";
}`;
