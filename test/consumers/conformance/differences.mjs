// Rows that cannot come out alike on an earlier Nest, by what their titles contain, and who makes the difference. No row is listed
// here because of what this package does.

const FASTIFY_4 = 'Fastify 4';
const EXPRESS_4 = 'Express 4';
const NAMED_WILDCARDS = 'the row writes its path as Nest has done since 11';
const NO_CSRF = 'Nest has no enableCsrfProtection() before 12';
const CONSTRAINTS =
  'Fastify names an unknown constraint otherwise: the application does not start either';

export const DIFFERENCES = {
  10: [
    ['csrf-rejects-allowed-origin', NO_CSRF],
    ['a constraint that a preflight cannot carry', CONSTRAINTS],
    [
      'unreadable-options',
      'Nest 10 reads the options itself, to tell modules apart, and throws what they throw',
    ],
    [
      'random options',
      'Nest 10 reads the options itself, to tell modules apart, and throws what they throw',
    ],
    ["app.use('/{*rest}', cors())", NAMED_WILDCARDS],
    ["forRoutes('{*rest}')", NAMED_WILDCARDS],
    ["forRoutes('/{*rest}')", NAMED_WILDCARDS],
    ["forRoutes('*rest')", NAMED_WILDCARDS],
    ["forRoutes('/*rest')", NAMED_WILDCARDS],
    ['a list of paths, one of them everything', NAMED_WILDCARDS],
    ['answered before any hook', `${FASTIFY_4} answers them with 404, after the hooks`],
    ['over-long parameter', `${FASTIFY_4} answers them with 404, after the hooks`],
    ['useSemicolonDelimiter', `${FASTIFY_4} takes a semicolon for the beginning of the query`],
    [
      '/billing;/x',
      `${FASTIFY_4} takes a semicolon for the beginning of the query, and serves /billing`,
    ],
    [
      'failing-stream',
      `Nest 10 on ${EXPRESS_4} ends the response of a stream that fails, instead of cutting it off`,
    ],
    [
      'host-bound: the response at another host',
      `Nest 10 on ${FASTIFY_4} answers 500 at another host`,
    ],
    ['a host filter that passes on', `Nest 10 on ${FASTIFY_4} answers 500 at another host`],
    ['router agreement on fastify', `Nest 10 on ${FASTIFY_4} answers 500 at another host`],
    [
      'connections on fastify × interceptor › a preflight with',
      `${FASTIFY_4} has no parser to refuse the body of OPTIONS`,
    ],
    [
      'first in line › fastify › Test.createTestingModule()',
      'in a testing module Nest 10 has no middleware on Fastify before init()',
    ],
    ['without HTTP the module is inert', 'Nest 10 takes port 0 of a TCP microservice for 3000'],
    ['a hybrid application keeps', 'Nest 10 takes port 0 of a TCP microservice for 3000'],
    ['stock enableCors()', 'the snapshot of what stock Nest gets wrong is that of Nest 12'],
    ['test/promises/router/registrations.spec.ts', `it looks into the router of Express 5`],
  ],
  11: [
    ['csrf-rejects-allowed-origin', NO_CSRF],
    ['a constraint that a preflight cannot carry', CONSTRAINTS],
    [
      'answered before any hook',
      'Fastify before 5.12 answers a malformed path with 404 where no route has the method',
    ],
  ],
};
